package io.peerup.benchmarks;

import static io.peerup.benchmarks.Figures.measured;
import static io.peerup.benchmarks.Figures.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Measured MEASURED =
            measured(1.5, List.of(quiet(4), quiet(2), quiet(3)), List.of(quiet(4.5), quiet(5), quiet(12.34)));

    @Test
    void theTableTellsTheFiguresTheRatioAndWhetherTheGoalIsMet() {
        assertThat(TextTable.of(List.of(MEASURED)).lines().map(String::strip).map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "| Line | Who | Median | Spread | Cold | Ratio | Goal | CPU per unit | Quiet rounds |",
                        "|------|--------------|-------------|-----------|------|-------|-----------|-----------------------------------|--------------|",
                        "| bulk | go to go | 3.00 Gbit/s | 2.00–4.00 | | | | client 0.50 s, server 1.00 ms /GB | 3 of 3 |",
                        "| bulk | ours to ours | 5.00 Gbit/s | 4.50–12.3 | 0.50 | 1.67 | ≥ 1.5 met | client 0.50 s, server 1.00 ms /GB | 3 of 3 |");
    }

    @Test
    void aMissedGoalIsSaidLoudly() {
        Measured slow = measured(1.5, List.of(quiet(4)), List.of(quiet(4)));
        assertThat(TextTable.of(List.of(slow))).contains("≥ 1.5 MISSED");
    }

    @Test
    void figuresHaveThreeDigitsThatMatter() {
        assertThat(TextTable.figure(1234.4)).isEqualTo("1234");
        assertThat(TextTable.figure(56.78)).isEqualTo("56.8");
        assertThat(TextTable.figure(0.123)).isEqualTo("0.12");
        assertThat(TextTable.figure(0)).isEqualTo("0");
    }

    @Test
    void theJsonHasEverySampleAndTheVerdict() {
        Machine machine = new Machine(2, "a processor", "6.1", "cubic", 0.97);
        JsonObject report = JsonParser.parseString(JsonReport.of(machine, List.of(MEASURED)))
                .getAsJsonObject();
        assertThat(report.get("congestionControl").getAsString()).isEqualTo("cubic");
        JsonObject line = report.getAsJsonArray("lines").get(0).getAsJsonObject();
        JsonObject metric = line.getAsJsonArray("metrics").get(0).getAsJsonObject();
        assertThat(metric.get("met").getAsBoolean()).isTrue();
        assertThat(metric.getAsJsonObject("median").get("ours to ours").getAsDouble())
                .isEqualTo(5);
        JsonObject ours = line.getAsJsonObject("lanes").getAsJsonObject("ours to ours");
        assertThat(ours.getAsJsonArray("rounds")).hasSize(3);
        assertThat(ours.getAsJsonObject("cold").getAsJsonArray("values").get(0).getAsDouble())
                .isEqualTo(0.5);
    }
}
