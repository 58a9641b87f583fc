package io.peerup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.benchmarks.lines.AllLines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void everythingIsMeasuredInSevenRoundsWhenNothingIsSaid() {
        Options options = Options.parse(List.of());
        assertThat(options.rounds()).isEqualTo(7);
        assertThat(AllLines.all()).allMatch(options::wants);
    }

    @Test
    void linesAreChosenByPartsOfTheirNames() {
        Options options =
                Options.parse(List.of("--only", "handshakes,proxy", "--rounds", "3", "--json", "a.json", "--quick"));
        assertThat(AllLines.all().stream().filter(options::wants).map(Line::name))
                .containsExactly("handshakes-1", "handshakes-8", "proxy");
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.json()).contains(Path.of("a.json"));
        assertThat(options.quick()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--rounds 0", "--rounds 1001", "--rounds many", "--rounds -3", "--rounds", "--fast", "bulk"})
    void whatIsNoOptionIsRefused(String line) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
