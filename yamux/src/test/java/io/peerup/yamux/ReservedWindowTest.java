package io.peerup.yamux;

import static io.peerup.yamux.SessionEnd.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Flags;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Windows are reserved before they can be filled, and returned on every path. */
class ReservedWindowTest {
    private static final int WINDOW = YamuxConfig.INITIAL_WINDOW_BYTES;

    private final SessionEnd us = SessionEnd.initiator();

    @Test
    void growthIsReservedWhenItIsGrantedAndReturnedWithTheStream() throws ProtocolViolation {
        growTwice(2);
        assertThat(us.memory.heldBytes()).isEqualTo(3L * WINDOW);
        us.update(2, Flags.RST, 0);
        assertThat(us.memory.heldBytes()).isZero();
    }

    @Test
    void growthThatIsRefusedDoesNotHappenAndDataGoesOn() throws ProtocolViolation {
        us.memory.limit(WINDOW);
        growTwice(2);
        assertThat(us.memory.heldBytes()).isEqualTo(WINDOW);
        us.sent();
        us.data(2, 2L * WINDOW);
        us.reads(2, 2 * WINDOW);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, NONE, 2L * WINDOW));
    }

    @Test
    void whoFallsBehindReservesTheInitialWindowOnce() throws ProtocolViolation {
        us.opens(2);
        us.data(2, WINDOW);
        us.session.fallsBehind(2);
        us.session.fallsBehind(2);
        assertThat(us.memory.heldBytes()).isEqualTo(WINDOW);
    }

    @Test
    void whoHasCaughtUpGivesItBackWithTheCredit() throws ProtocolViolation {
        us.opens(2);
        us.data(2, WINDOW);
        us.session.fallsBehind(2);
        us.reads(2, WINDOW - 8193);
        assertThat(us.memory.heldBytes()).isEqualTo(WINDOW);
        us.data(2, WINDOW / 2);
        us.reads(2, 8193 + WINDOW / 2);
        assertThat(us.memory.heldBytes()).isZero();
    }

    @Test
    void whoStopsReadingKeepsNothing() throws ProtocolViolation {
        growTwice(2);
        us.data(2, WINDOW);
        us.session.fallsBehind(2);
        us.session.stopReading(2);
        assertThat(us.memory.heldBytes()).isZero();
        assertThat(us.data(2, WINDOW)).isEqualTo(YamuxSession.Payload.DISCARD);
    }

    @Test
    void bothFinsReturnItToo() throws ProtocolViolation {
        us.opens(2);
        us.data(2, WINDOW);
        us.session.fallsBehind(2);
        us.update(2, Flags.FIN, 0);
        us.session.finish(2);
        assertThat(us.memory.heldBytes()).isEqualTo(WINDOW);
        us.reads(2, WINDOW);
        assertThat(us.memory.heldBytes()).isZero();
    }

    @Test
    void whoFallsBehindWithoutMemoryIsResetAndForgotten() throws ProtocolViolation {
        us.memory.limit(WINDOW - 1);
        us.opens(2);
        us.data(2, WINDOW);
        us.sent();
        us.events();
        us.session.fallsBehind(2);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, Flags.RST, 0x1002));
        assertThat(us.events()).containsExactly(new YamuxEvent.Overflowed(2, 0x1002));
        assertThat(us.session.openStreams()).isZero();
        assertThat(us.data(2, 1)).isEqualTo(YamuxSession.Payload.DISCARD);
        assertThat(us.memory.heldBytes()).isZero();
    }

    /** The peer fills the window and the application reads it at once, twice, on a long path. */
    private void growTwice(int id) throws ProtocolViolation {
        us.advance(Duration.ofMillis(100));
        us.receive(new Ping(true, 1));
        us.opens(id);
        us.data(id, WINDOW);
        us.reads(id, WINDOW);
        us.data(id, WINDOW);
        us.reads(id, WINDOW);
    }
}
