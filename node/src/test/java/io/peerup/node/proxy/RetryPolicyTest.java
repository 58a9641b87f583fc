package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void byDefaultItPausesOneTwoAndFourSecondsAndGivesUp() {
        RetryPolicy policy = RetryPolicy.defaults();
        assertThat(policy.pauseAfter(1)).contains(Duration.ofSeconds(1));
        assertThat(policy.pauseAfter(2)).contains(Duration.ofSeconds(2));
        assertThat(policy.pauseAfter(3)).contains(Duration.ofSeconds(4));
        assertThat(policy.pauseAfter(4)).isEmpty();
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() {
        assertThat(policy(0).pauseAfter(1)).isEqualTo(Optional.empty());
    }

    @Property
    void noPauseIsLongerThanTheLongestOrShorterThanTheOneBefore(@ForAll @IntRange(min = 2, max = 1000) int failures) {
        Duration pause = policy(1000).pauseAfter(failures).orElseThrow();
        assertThat(pause)
                .isLessThanOrEqualTo(Duration.ofSeconds(60))
                .isGreaterThanOrEqualTo(policy(1000).pauseAfter(failures - 1).orElseThrow());
    }

    @Test
    void nonsenseIsRejected() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> policy(-1)).hasMessageContaining("retries");
        assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, 1, second, second))
                .hasMessageContaining("attemptPatience");
        assertThatThrownBy(() -> new RetryPolicy(second, 1, second, Duration.ZERO))
                .hasMessageContaining("longestPause");
    }

    private static RetryPolicy policy(int retries) {
        return new RetryPolicy(Duration.ofSeconds(30), retries, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }
}
