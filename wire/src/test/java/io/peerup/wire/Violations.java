package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts which rule was broken. */
final class Violations {
    private Violations() {}

    static void assertBreaks(WireRule rule, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule())
                                .as(violation.getMessage())
                                .isEqualTo(rule));
    }

    /** Runs what may only succeed or end in a violation. */
    static void assertTotal(Attempt attempt) {
        try {
            attempt.run();
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(WireRule.class);
        }
    }

    interface Attempt {
        void run() throws ProtocolViolation;
    }
}
