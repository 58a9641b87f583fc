package io.peerup.benchmarks;

import static io.peerup.benchmarks.Figures.disturbed;
import static io.peerup.benchmarks.Figures.measured;
import static io.peerup.benchmarks.Figures.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        Series series = Series.of(List.of(quiet(4), quiet(1), quiet(3), quiet(2)), sample -> sample.values()[0]);
        assertThat(series.median()).isEqualTo(2.5);
        assertThat(series.least()).isEqualTo(1);
        assertThat(series.most()).isEqualTo(4);
    }

    @Test
    void ratioIsMedianByMedian() {
        Measured measured = measured(1.5, List.of(quiet(2), quiet(9), quiet(1)), List.of(quiet(3), quiet(8), quiet(1)));
        assertThat(measured.ratio("ours to ours", 0)).isEqualTo(1.5);
        assertThat(measured.ratio("go to go", 0)).isEqualTo(1);
    }

    @Test
    void aRoundCountsOnlyWhenNoLaneOfItWasDisturbed() {
        Measured measured = measured(
                1,
                List.of(quiet(1), quiet(1), disturbed(100), quiet(1), quiet(1)),
                List.of(quiet(2), disturbed(100), quiet(100), quiet(2), quiet(2)));
        assertThat(measured.quietRounds()).isEqualTo(3);
        assertThat(measured.counting("ours to ours"))
                .extracting(sample -> sample.values()[0])
                .containsExactly(2.0, 2.0, 2.0);
    }

    @Test
    void withTooFewQuietRoundsAllCount() {
        Measured measured =
                measured(1, List.of(quiet(1), quiet(1), quiet(1)), List.of(quiet(5), disturbed(7), disturbed(6)));
        assertThat(measured.quietRounds()).isEqualTo(1);
        assertThat(measured.series("ours to ours", 0).median()).isEqualTo(6);
    }

    @Test
    void aGoalIsMetFromItsRatioOn() {
        assertThat(new Metric.Goal(1.5, true).isMetBy(1.5)).isTrue();
        assertThat(new Metric.Goal(1.5, true).isMetBy(1.49)).isFalse();
        assertThat(new Metric.Goal(0.7, false).isMetBy(0.7)).isTrue();
        assertThat(new Metric.Goal(0.7, false).isMetBy(0.71)).isFalse();
    }
}
