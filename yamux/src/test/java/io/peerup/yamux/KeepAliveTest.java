package io.peerup.yamux;

import static io.peerup.yamux.SessionEnd.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Ping;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final YamuxConfig CONFIG = YamuxConfig.defaults();
    private static final Duration ALMOST = Duration.ofNanos(1);

    @Test
    void theFirstPingGoesOutAtOnce() {
        YamuxSession session = new YamuxSession(true, CONFIG, MemoryBudget.unlimited(), 0);
        assertThat(session.nextFrame()).isEqualTo(new Ping(false, 1));
        assertThat(session.nextFrame()).isNull();
        assertThat(session.roundTripNanos()).isEmpty();
    }

    @Test
    void anAnswerMeasuresTheRoundTrip() throws ProtocolViolation {
        SessionEnd us = SessionEnd.initiator();
        us.advance(Duration.ofMillis(42));
        us.receive(new Ping(true, 1));
        assertThat(us.session.roundTripNanos()).hasValue(Duration.ofMillis(42).toNanos());
    }

    @Test
    void answersThatNobodyAskedForMeasureNothing() throws ProtocolViolation {
        SessionEnd us = SessionEnd.initiator();
        us.advance(Duration.ofMillis(42));
        us.receive(new Ping(true, 2));
        assertThat(us.session.roundTripNanos()).isEmpty();
        us.receive(new Ping(true, 1));
        us.advance(Duration.ofSeconds(1));
        us.receive(new Ping(true, 1));
        assertThat(us.session.roundTripNanos()).hasValue(Duration.ofMillis(42).toNanos());
    }

    @Test
    void aPingFollowsEveryThirtySecondsWithANewValue() throws ProtocolViolation {
        SessionEnd us = SessionEnd.initiator();
        long started = us.now();
        us.receive(new Ping(true, 1));
        for (int i = 2; i < 5; i++) {
            us.advanceToDeadline();
            assertThat(us.now() - started)
                    .isEqualTo((i - 1) * CONFIG.keepAlive().toNanos());
            assertThat(us.sent()).containsExactly(new Ping(false, i));
            us.receive(new Ping(true, i));
        }
    }

    @Test
    void noSecondPingWhileOneIsUnanswered() {
        SessionEnd us = SessionEnd.initiator();
        us.advance(CONFIG.pingTimeout().minus(ALMOST));
        us.session.onDeadline(us.now());
        assertThat(us.sent()).isEmpty();
        assertThat(us.events()).isEmpty();
    }

    @Test
    void aPeerThatIsSilentForTenSecondsAfterAPingIsGone() {
        SessionEnd us = SessionEnd.initiator();
        long started = us.now();
        us.advanceToDeadline();
        assertThat(us.now() - started).isEqualTo(CONFIG.pingTimeout().toNanos());
        assertThat(us.events()).containsExactly(new YamuxEvent.Unresponsive());
        assertThat(us.session.canOpen()).isFalse();
    }

    @Test
    void anySignOfLifeCountsAsLongAsItLasts() throws ProtocolViolation {
        SessionEnd us = SessionEnd.initiator();
        us.opens(2);
        us.events();
        for (int i = 0; i < 10; i++) {
            us.advance(CONFIG.pingTimeout().minus(ALMOST));
            us.update(2, NONE, 1);
            us.session.onDeadline(us.now());
            assertThat(us.events()).isEmpty();
        }
        us.advanceToDeadline();
        assertThat(us.events()).containsExactly(new YamuxEvent.Unresponsive());
    }

    @Test
    void aQuietPeerThatAnswersStays() throws ProtocolViolation {
        SessionEnd us = SessionEnd.initiator();
        us.receive(new Ping(true, 1));
        us.advanceToDeadline();
        us.sent();
        us.advance(CONFIG.pingTimeout().minus(ALMOST));
        us.receive(new Ping(true, 2));
        us.advanceToDeadline();
        assertThat(us.events()).isEmpty();
    }
}
