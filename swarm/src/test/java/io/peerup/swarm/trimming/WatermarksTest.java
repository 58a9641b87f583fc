package io.peerup.swarm.trimming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.limits.ScopeLimits;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private static final Watermarks USUAL = Watermarks.defaults();

    @Test
    void theDefaultsAreThoseOfGo() {
        assertThat(USUAL).isEqualTo(new Watermarks(160, 192, Duration.ofMinutes(1), Duration.ofSeconds(10)));
    }

    @Test
    void nonsenseGetsOneLine() {
        refused(() -> USUAL.withWater(0, 10), "the low water must be at least 1 connection, not 0");
        refused(() -> USUAL.withWater(11, 10), "the high water of 10 connections is below the low water of 11");
        refused(() -> USUAL.withGrace(Duration.ofNanos(-1)), "the grace period of a connection must not be negative");
        refused(
                () -> new Watermarks(1, 2, Duration.ZERO, Duration.ZERO),
                "the pause between two trims must be positive");
    }

    @Test
    void aSmallMachineTrimsBeforeItRefuses() {
        assertThat(Watermarks.below(128)).isEqualTo(USUAL.withWater(80, 96));
        assertThat(Watermarks.below(1)).isEqualTo(USUAL.withWater(1, 2));
        assertThat(Watermarks.below(4096)).isEqualTo(USUAL);
        assertThat(Watermarks.below(ScopeLimits.UNLIMITED)).isEqualTo(USUAL);
    }

    @Test
    void watersThatAreNeverReachedGetOneLine() {
        assertThat(USUAL.beyond(192))
                .hasValue("watermarks: trimming begins above 192 connections where only 192 may come in; "
                        + "lower the high water");
        assertThat(USUAL.beyond(193)).isEmpty();
        assertThat(Watermarks.none().beyond(128)).isEmpty();
    }

    private static void refused(ThrowingCallable making, String line) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
    }
}
