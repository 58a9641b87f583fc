package io.peerup.interop.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Bounds BOUNDS = new Bounds(24, 24, 3 << 10, 4, 6);
    private static final Rest REST = new Rest(10_000, 50, 20);
    private static final int TWO_MINUTES = 120;
    private static final int HOUR = 3600;

    @Test
    void aProcessThatOnlyBreathesIsNotAccused() {
        Random random = new Random(1);
        assertThat(complaints(TWO_MINUTES, second -> random.nextDouble(10_000))).isEmpty();
        assertThat(complaints(HOUR, second -> random.nextDouble(10_000))).isEmpty();
    }

    @Test
    void whatGrowsWhileItWarmsUpAndThenNoMoreIsNotAccused() {
        assertThat(complaints(TWO_MINUTES, second -> 1000 * Math.min(second, 50)))
                .isEmpty();
    }

    @Test
    void memoryThatGrowsToTheEndIsFound() {
        assertThat(complaints(TWO_MINUTES, second -> 1000 * second))
                .singleElement()
                .asString()
                .contains("resident memory grows by 3686 MB/h");
    }

    @Test
    void whatIsTooLittleToSeeInMinutesIsFoundInAnHour() {
        IntToDoubleFunction leak = second -> second * 60e3 / HOUR;
        assertThat(complaints(TWO_MINUTES, leak)).isEmpty();
        assertThat(complaints(HOUR, leak)).hasSize(1);
    }

    @Test
    void descriptorsThreadsAndHeapThatAreNotGivenBackAreFound() {
        assertThat(at(new Rest(10_000, 55, 20)))
                .containsExactly("x: 55 descriptors where there were 50, more than 4 above");
        assertThat(at(new Rest(10_000, 50, 27)))
                .containsExactly("x: 27 threads where there were 20, more than 6 above");
        assertThat(at(new Rest(14_000, 50, 20)))
                .containsExactly("x: 14000 KiB alive on the heap where there were 10000, more than 3072 above");
        assertThat(at(new Rest(9_000, 54, 26))).isEmpty();
    }

    @Test
    void alarmsInALogAreFoundAndOtherLinesAreNot() {
        assertThat(Alarms.in(List.of(
                        "2026-01-01T00:00:00.000Z INFO  connected",
                        "2026-01-01T00:00:00.000Z WARN  the relay hung up",
                        "2026-01-01T00:00:00.000Z ERROR LEAK: ByteBuf.release() was not called",
                        "Exception in thread \"main\" java.lang.IllegalStateException: x",
                        "java.lang.IllegalStateException: x",
                        "\tat io.peerup.X",
                        "terminating due to java.lang.OutOfMemoryError: Java heap space")))
                .hasSize(5);
    }

    @Test
    void theSlopeIsThatOfTheLine() {
        assertThat(Slope.rssMbPerHour(samples(100, second -> 1e6 / 1024 / 3600 * second)))
                .isBetween(0.95, 1.05);
    }

    private static List<String> at(Rest after) {
        return new Judge(BOUNDS).complaints(new Course("x", REST, samples(TWO_MINUTES, second -> 0), after, List.of()));
    }

    private static List<String> complaints(int seconds, IntToDoubleFunction moreKib) {
        return new Judge(BOUNDS).complaints(new Course("x", REST, samples(seconds, moreKib), REST, List.of()));
    }

    private static List<Sample> samples(int seconds, IntToDoubleFunction moreKib) {
        return IntStream.range(0, seconds)
                .mapToObj(second -> new Sample(second, 80_000 + Math.round(moreKib.applyAsDouble(second)), 50, 20))
                .toList();
    }
}
