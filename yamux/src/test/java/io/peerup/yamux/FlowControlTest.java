package io.peerup.yamux;

import static io.peerup.yamux.SessionEnd.ACK;
import static io.peerup.yamux.SessionEnd.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may send how much, and when that changes. */
class FlowControlTest {
    private static final int WINDOW = YamuxConfig.INITIAL_WINDOW_BYTES;
    private static final int MAX_WINDOW = 16 << 20;
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);

    private final SessionEnd us = SessionEnd.initiator();
    private final Map<Integer, Long> credit = new HashMap<>();

    // ── sending ──

    @Test
    void weSendAsMuchAsThePeerAllowsAndNoByteMore() throws ProtocolViolation {
        int id = us.open();
        assertThat(us.send(id, WINDOW + 1000)).isEqualTo(1000);
        us.update(id, ACK, 999);
        assertThat(us.send(id, 1000)).isEqualTo(1);
    }

    @Test
    void creditWithTheAcknowledgementOrTheOpeningCounts() throws ProtocolViolation {
        us.update(2, YamuxFrame.Flags.SYN, 100);
        assertThat(us.send(2, WINDOW + 101)).isEqualTo(1);
    }

    @Test
    void noFrameIsLargerThanConfigured() {
        int id = us.open();
        assertThat(us.session.allowanceBytes(id)).isEqualTo(65_507);
    }

    @Test
    void streamsTakeTurns() {
        int one = us.open();
        int two = us.open();
        int three = us.open();
        List.of(one, two, three).forEach(us.session::wantsToSend);
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int id = us.session.nextToSend();
            us.session.sent(id, 1000, true);
            turns.add(id);
        }
        assertThat(turns).containsExactly(one, two, three, one, two, three);
    }

    @Test
    void whoHasNoCreditLosesItsTurnUntilItHasSome() throws ProtocolViolation {
        int starved = us.open();
        int other = us.open();
        us.send(starved, WINDOW);
        us.session.wantsToSend(starved);
        us.session.wantsToSend(other);
        assertThat(us.session.nextToSend()).isEqualTo(other);
        us.session.sent(other, 10, false);
        assertThat(us.session.nextToSend()).isZero();

        us.update(starved, ACK, 1);
        assertThat(us.session.nextToSend()).isEqualTo(starved);
    }

    @Test
    void aStreamThatIsResetOrFinishedLosesItsTurn() {
        int reset = us.open();
        int finished = us.open();
        us.session.wantsToSend(reset);
        us.session.wantsToSend(finished);
        us.session.reset(reset, 0);
        us.session.finish(finished);
        assertThat(us.session.nextToSend()).isZero();
    }

    // ── receiving ──

    @Test
    void creditIsGivenWhenTheApplicationHasReadHalfOfTheWindow() throws ProtocolViolation {
        us.opens(2);
        us.sent();
        us.data(2, WINDOW);
        assertThat(us.sent()).isEmpty();
        us.reads(2, WINDOW / 2 - 1);
        assertThat(us.sent()).isEmpty();
        us.reads(2, 1);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, NONE, WINDOW / 2));
        us.reads(2, WINDOW / 2);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, NONE, WINDOW / 2));
    }

    @Test
    void aFinishedPeerNeedsNoCredit() throws ProtocolViolation {
        us.opens(2);
        us.data(2, WINDOW);
        us.update(2, YamuxFrame.Flags.FIN, 0);
        us.sent();
        us.reads(2, WINDOW);
        assertThat(us.sent()).isEmpty();
    }

    @Test
    void aFastReaderOnALongPathGetsAWindowOf16MiB() throws ProtocolViolation {
        measureRoundTrip(us, ROUND_TRIP);
        us.opens(2);
        List<Long> windows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            windows.add(fillAndRead(us, 2, Duration.ofMillis(10)));
        }
        assertThat(windows)
                .containsExactly(512L << 10, 1L << 20, 2L << 20, 4L << 20, 8L << 20, 16L << 20, 16L << 20, 16L << 20);
    }

    @Test
    void aSlowReaderKeepsTheSmallWindow() throws ProtocolViolation {
        measureRoundTrip(us, ROUND_TRIP);
        us.opens(2);
        for (int i = 0; i < 8; i++) {
            assertThat(fillAndRead(us, 2, ROUND_TRIP.multipliedBy(4))).isEqualTo(WINDOW);
        }
    }

    @Test
    void withoutAMeasuredRoundTripNoWindowGrows() throws ProtocolViolation {
        us.opens(2);
        for (int i = 0; i < 8; i++) {
            assertThat(fillAndRead(us, 2, Duration.ofMillis(1))).isEqualTo(WINDOW);
        }
    }

    @Test
    void allWindowsOfAConnectionGrowWithinOneBudget() throws ProtocolViolation {
        SessionEnd tight = SessionEnd.initiator(withBudget(WINDOW + WINDOW));
        measureRoundTrip(tight, ROUND_TRIP);
        tight.opens(2);
        tight.opens(4);
        tight.opens(6);
        assertThat(fillAndRead(tight, 2, Duration.ofMillis(1))).isEqualTo(2 * WINDOW);
        assertThat(fillAndRead(tight, 4, Duration.ofMillis(1))).isEqualTo(2 * WINDOW);
        assertThat(fillAndRead(tight, 6, Duration.ofMillis(1))).isEqualTo(WINDOW);
        assertThat(fillAndRead(tight, 2, Duration.ofMillis(1))).isEqualTo(2 * WINDOW);
    }

    @Test
    void aStreamThatEndsReturnsWhatItTookOfTheBudget() throws ProtocolViolation {
        SessionEnd tight = SessionEnd.initiator(withBudget(WINDOW));
        measureRoundTrip(tight, ROUND_TRIP);
        tight.opens(2);
        tight.opens(4);
        assertThat(fillAndRead(tight, 2, Duration.ofMillis(1))).isEqualTo(2 * WINDOW);
        assertThat(fillAndRead(tight, 4, Duration.ofMillis(1))).isEqualTo(WINDOW);
        tight.session.reset(2, 0);
        assertThat(fillAndRead(tight, 4, Duration.ofMillis(1))).isEqualTo(2 * WINDOW);
    }

    /** The peer uses up its credit, the application reads it all a little later; returns the peer's credit then. */
    private long fillAndRead(SessionEnd end, int id, Duration pause) throws ProtocolViolation {
        end.sent();
        long used = credit.getOrDefault(id, (long) WINDOW);
        end.data(id, used);
        end.advance(pause);
        end.reads(id, (int) used);
        long given = end.sent().stream()
                .mapToLong(frame -> ((WindowUpdate) frame).delta())
                .sum();
        credit.put(id, given);
        return given;
    }

    private static void measureRoundTrip(SessionEnd end, Duration roundTrip) throws ProtocolViolation {
        end.advance(roundTrip);
        end.receive(new Ping(true, 1));
        assertThat(end.session.roundTripNanos()).hasValue(roundTrip.toNanos());
    }

    private static YamuxConfig withBudget(long bytes) {
        YamuxConfig defaults = YamuxConfig.defaults();
        return new YamuxConfig(
                MAX_WINDOW,
                bytes,
                defaults.maxDataBytes(),
                defaults.ackBacklog(),
                defaults.maxWaitingOpens(),
                defaults.maxInboundStreams(),
                defaults.maxUnsentReplies(),
                defaults.keepAlive(),
                defaults.pingTimeout());
    }
}
