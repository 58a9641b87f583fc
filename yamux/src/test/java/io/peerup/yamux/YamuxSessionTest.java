package io.peerup.yamux;

import static io.peerup.yamux.SessionEnd.ACK;
import static io.peerup.yamux.SessionEnd.FIN;
import static io.peerup.yamux.SessionEnd.NONE;
import static io.peerup.yamux.SessionEnd.RST;
import static io.peerup.yamux.SessionEnd.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.Flags;
import io.peerup.yamux.YamuxFrame.GoAway;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import io.peerup.yamux.YamuxSession.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamuxSessionTest {
    private final SessionEnd us = SessionEnd.initiator();

    // ── opening ──

    @Test
    void ourStreamsCountUpInOddNumbers() {
        assertThat(List.of(us.open(), us.open(), us.open())).containsExactly(1, 3, 5);
        assertThat(us.sent())
                .containsExactly(new WindowUpdate(1, SYN, 0), new WindowUpdate(3, SYN, 0), new WindowUpdate(5, SYN, 0));
    }

    @Test
    void theResponderCountsInEvenNumbers() {
        YamuxSession responder = new YamuxSession(false, YamuxConfig.defaults(), MemoryBudget.unlimited(), 0);
        assertThat(List.of(responder.open(0), responder.open(0))).containsExactly(2, 4);
    }

    @Test
    void aStreamOfThePeerIsAcknowledgedAndAnnounced() throws ProtocolViolation {
        us.opens(2);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, ACK, 0));
        assertThat(us.events()).containsExactly(new YamuxEvent.Opened(2));
    }

    @Test
    void noMoreThan256StreamsWaitForTheirAcknowledgement() throws ProtocolViolation {
        for (int i = 0; i < 256; i++) {
            us.open();
        }
        assertThat(us.session.canOpen()).isFalse();
        assertThatIllegalStateException().isThrownBy(us::open);

        us.update(1, ACK, 0);
        assertThat(us.events()).containsExactly(new YamuxEvent.OpenPossible());
        us.open();
        assertThat(us.session.canOpen()).isFalse();
    }

    @Test
    void anAcknowledgementCountsOnce() throws ProtocolViolation {
        for (int i = 0; i < 256; i++) {
            us.open();
        }
        us.update(1, ACK, 0);
        us.update(1, ACK, 0);
        us.open();
        assertThat(us.session.canOpen()).isFalse();
    }

    @Test
    void anAcknowledgementMayComeWithDataOrAsAReset() throws ProtocolViolation {
        for (int i = 0; i < 256; i++) {
            us.open();
        }
        us.receive(new Data(1, ACK, 10));
        us.update(3, RST, 0);
        us.open();
        us.open();
        assertThat(us.session.canOpen()).isFalse();
    }

    @Test
    void whatWeResetOurselvesWaitsForNoAcknowledgement() {
        for (int i = 0; i < 256; i++) {
            us.open();
        }
        us.session.reset(1, 0);
        assertThat(us.session.canOpen()).isTrue();
    }

    @Test
    void oneStreamTooManyIsResetAndTheOthersGoOn() throws ProtocolViolation {
        SessionEnd small = SessionEnd.initiator(YamuxConfig.defaults().withMaxInboundStreams(2));
        small.opens(2);
        small.opens(4);
        small.sent();
        small.events();
        small.opens(6);
        assertThat(small.sent()).containsExactly(new WindowUpdate(6, RST, YamuxSession.RESOURCE_LIMIT_EXCEEDED));
        assertThat(small.events()).isEmpty();
        assertThat(small.receive(new Data(6, NONE, 1000))).isEqualTo(Payload.DISCARD);
        assertThat(small.data(4, 10)).isEqualTo(Payload.DELIVER);

        small.update(2, RST, 0);
        small.opens(8);
        assertThat(small.events()).contains(new YamuxEvent.Opened(8));
    }

    @Test
    void anUnreadStreamCountsAsOpenUntilItIsRead() throws ProtocolViolation {
        SessionEnd small = SessionEnd.initiator(YamuxConfig.defaults().withMaxInboundStreams(1));
        small.opens(2);
        small.receive(new Data(2, FIN, 1000));
        small.session.finish(2);
        small.opens(4);
        assertThat(small.sent()).contains(new WindowUpdate(4, RST, YamuxSession.RESOURCE_LIMIT_EXCEEDED));

        small.reads(2, 1000);
        assertThat(small.events()).contains(new YamuxEvent.Ended(2));
        small.opens(6);
        assertThat(small.events()).containsExactly(new YamuxEvent.Opened(6));
    }

    // ── flags together ──

    @Test
    void allFlagsOfAFrameCount() throws ProtocolViolation {
        us.receive(new Data(2, flags(SYN, FIN), 10));
        assertThat(us.events()).containsExactly(new YamuxEvent.Opened(2), new YamuxEvent.RemoteFinished(2));

        us.receive(new WindowUpdate(4, flags(SYN, RST), 7));
        assertThat(us.events()).containsExactly(new YamuxEvent.Opened(4), new YamuxEvent.RemoteReset(4, 7));

        int ours = us.open();
        us.update(ours, flags(ACK, FIN), 5);
        assertThat(us.events()).containsExactly(new YamuxEvent.OpenPossible(), new YamuxEvent.RemoteFinished(ours));
    }

    @Test
    void finComesAfterThePayloadOfItsFrame() throws ProtocolViolation {
        us.opens(2);
        us.events();
        Data last = new Data(2, FIN, 100);
        assertThat(us.session.receive(last, us.now())).isEqualTo(Payload.DELIVER);
        assertThat(us.events()).isEmpty();
        us.session.payloadEnded(last);
        assertThat(us.events()).containsExactly(new YamuxEvent.RemoteFinished(2));
    }

    @Test
    void aResetIsNotCredit() throws ProtocolViolation {
        us.opens(2);
        us.update(2, RST, 0xffff_ffffL);
        assertThat(us.events()).contains(new YamuxEvent.RemoteReset(2, 0xffff_ffffL));
    }

    // ── ending streams ──

    @Test
    void aStreamEndsWhenBothHaveFinished() throws ProtocolViolation {
        us.opens(2);
        us.sent();
        us.events();
        us.session.finish(2);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, FIN, 0));
        assertThat(us.session.openStreams()).isEqualTo(1);
        assertThat(us.data(2, 10)).isEqualTo(Payload.DELIVER);
        us.reads(2, 10);

        us.update(2, FIN, 0);
        assertThat(us.events()).containsExactly(new YamuxEvent.RemoteFinished(2), new YamuxEvent.Ended(2));
        assertThat(us.session.openStreams()).isZero();
    }

    @Test
    void afterThePeerHasFinishedWeStillSend() throws ProtocolViolation {
        us.opens(2);
        us.update(2, FIN, 0);
        assertThat(us.send(2, 1000)).isZero();
        us.update(2, NONE, 1000);
        assertThat(us.send(2, YamuxConfig.INITIAL_WINDOW_BYTES)).isZero();
    }

    @Test
    void whatThePeerSendsAfterItsFinIsDropped() throws ProtocolViolation {
        us.opens(2);
        us.update(2, FIN, 0);
        us.update(2, FIN, 0);
        us.events();
        assertThat(us.data(2, 10)).isEqualTo(Payload.DISCARD);
        assertThat(us.events()).isEmpty();
    }

    @Test
    void aResetTellsItsCodeAndForgetsTheStream() throws ProtocolViolation {
        us.opens(2);
        us.sent();
        us.session.reset(2, 0x1003);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, RST, 0x1003));
        assertThat(us.session.openStreams()).isZero();
        us.session.reset(2, 5);
        us.session.finish(2);
        assertThat(us.sent()).isEmpty();
    }

    @Test
    void framesAboutStreamsThatAreGoneDoNoHarm() throws ProtocolViolation {
        us.opens(2);
        us.session.reset(2, 0);
        us.sent();
        us.events();
        assertThat(us.data(2, 0xffff_ffffL)).isEqualTo(Payload.DISCARD);
        us.update(2, NONE, 0xffff_ffffL);
        us.update(2, FIN, 0);
        us.update(2, RST, 1);
        us.update(9, ACK, 0);
        assertThat(us.sent()).isEmpty();
        assertThat(us.events()).isEmpty();
    }

    @Test
    void whoStopsReadingGrantsNothingMore() throws ProtocolViolation {
        us.opens(2);
        us.sent();
        us.data(2, 200_000);
        us.session.stopReading(2);
        us.reads(2, 200_000);
        assertThat(us.data(2, 10)).isEqualTo(Payload.DISCARD);
        assertThat(us.sent()).isEmpty();
    }

    // ── going away ──

    @Test
    void afterThePeerHasGoneAwayNeitherSideOpens() throws ProtocolViolation {
        us.receive(new GoAway(0));
        assertThat(us.events()).containsExactly(new YamuxEvent.GoneAway(0));
        assertThat(us.session.canOpen()).isFalse();
        assertThat(us.session.opensNoMore()).isTrue();
        us.opens(2);
        assertThat(us.sent()).containsExactly(new WindowUpdate(2, RST, YamuxSession.RESOURCE_LIMIT_EXCEEDED));
    }

    @Test
    void streamsThatExistGoOnAfterGoingAway() throws ProtocolViolation {
        us.opens(2);
        us.receive(new GoAway(0));
        assertThat(us.data(2, 10)).isEqualTo(Payload.DELIVER);
        assertThat(us.send(2, 10)).isZero();
    }

    @Test
    void goingAwaySaysWhy() {
        us.session.goAway(0x1006);
        assertThat(us.sent()).containsExactly(new GoAway(0x1006));
        assertThat(us.session.opensNoMore()).isTrue();
    }

    @Test
    void aPingIsAnsweredWithItsValue() throws ProtocolViolation {
        us.receive(new Ping(false, 0xdead_beefL));
        assertThat(us.sent()).containsExactly(new Ping(true, 0xdead_beefL));
    }

    private static Flags flags(Flags one, Flags other) {
        return Flags.ofBits(one.bits() | other.bits());
    }
}
