package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnixSecondsTest {

    @Test
    void aSecondIsItsFirstInstant() {
        UnixSeconds second = UnixSeconds.of(Instant.parse("2026-11-24T10:00:00.999Z"));

        assertThat(second.toInstant()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(second).isGreaterThan(new UnixSeconds(second.value() - 1));
        assertThat(new UnixSeconds(UnixSeconds.MAX).toInstant()).isBefore(Instant.MAX);
    }

    @Test
    void whatAPeerSendsIsNeverTooMuch() {
        assertThat(UnixSeconds.ofUnsigned(7)).isEqualTo(new UnixSeconds(7));
        assertThat(UnixSeconds.ofUnsigned(Long.MAX_VALUE).value()).isEqualTo(UnixSeconds.MAX);
        assertThat(UnixSeconds.ofUnsigned(-1).value()).isEqualTo(UnixSeconds.MAX);
    }

    @Test
    void otherNumbersAreTheCallersMistake() {
        assertThatThrownBy(() -> new UnixSeconds(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnixSeconds(UnixSeconds.MAX + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
