package io.peerup.node.proxy.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.StreamRefused;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private final FakeStream stream = new FakeStream();
    private final FakeSocket socket = new FakeSocket();
    private final HeldStream held = HeldStream.hold(stream);

    @AfterEach
    void leaveNothing() {
        stream.reset(0);
        socket.reset();
        stream.side.taken();
        socket.side.taken();
    }

    @Test
    void bytesCrossBothWays() {
        Bridge bridge = join();
        byte[] question = random(700);
        byte[] answer = random(300);
        socket.side.offer(question);
        stream.side.offer(answer);
        assertThat(stream.side.taken()).isEqualTo(question);
        assertThat(socket.side.taken()).isEqualTo(answer);
        assertThat(bridge.traffic()).isEqualTo(new Traffic(700, 300));
    }

    @Test
    void nothingIsReadBeforeBothSidesStand() {
        stream.side.offer(random(10));
        stream.side.offer(random(10));
        stream.side.offer(random(10));
        // One read was under way when the stream was held.
        assertThat(stream.side.unread()).isGreaterThanOrEqualTo(20);
        join();
        assertThat(stream.side.unread()).isZero();
        assertThat(socket.side.taken()).hasSize(30);
    }

    @Test
    void whatANegotiationHadReadAheadComesFirst() {
        stream.side.channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1, 2}));
        stream.side.channel.writeInbound(Unpooled.copiedBuffer(new byte[] {3}));
        join();
        stream.side.offer(new byte[] {4});
        assertThat(socket.side.taken()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void anEndThatCameWhileTheStreamWasHeldPassesAfterItsBytes() {
        stream.side.channel.read();
        stream.side.offer(new byte[] {1});
        stream.side.channel.read();
        stream.side.offerEnd();
        join();
        assertThat(socket.side.taken()).containsExactly(1);
        assertThat(socket.finished()).isTrue();
        assertThat(socket.isReset()).isFalse();
    }

    @Test
    void aSocketThatBrokeOffAfterItsFinIsNoticedWhenThePeerFinishes() {
        Bridge bridge = join();
        socket.side.offerEnd();
        socket.breakOffUnnoticed();
        stream.side.offerEnd();
        stream.end(new CloseReason.Finished());
        assertThat(bridge.ended())
                .isCompletedWithValueMatching(
                        end -> end.reason() instanceof CloseReason.Failed(LocalSocketBroken broken));
        assertThat(socket.isReset()).isTrue();
    }

    @Test
    void aStreamThatEndedWhileItWasHeldResetsTheSocket() {
        stream.end(new CloseReason.Remote(7));
        Bridge bridge = join();
        assertThat(socket.isReset()).isTrue();
        assertReason(bridge, new CloseReason.Remote(7));
    }

    @Test
    void aSocketThatIsGoneAlreadyResetsTheStream() {
        socket.side.channel.close();
        Bridge bridge = join();
        assertThat(stream.isReset()).isTrue();
        assertThat(reason(bridge)).isInstanceOf(CloseReason.Failed.class);
    }

    // ── half-close ──

    @Test
    void theClientMayEndFirstAndStillReceive() {
        Bridge bridge = join();
        socket.side.offer(random(10));
        socket.side.offerEnd();
        assertThat(stream.side.taken()).hasSize(10);
        assertThat(stream.finished()).isTrue();
        stream.side.offer(random(20));
        assertThat(socket.side.taken()).hasSize(20);
        assertThat(bridge.ended()).isNotDone();
        endOfStream();
        assertReason(bridge, new CloseReason.Finished());
        assertThat(socket.isClosed()).isTrue();
        assertThat(socket.isReset()).isFalse();
    }

    @Test
    void thePeerMayEndFirstAndStillReceive() {
        Bridge bridge = join();
        stream.side.offer(random(10));
        endOfStream();
        assertThat(socket.side.taken()).hasSize(10);
        assertThat(socket.finished()).isTrue();
        socket.side.offer(random(20));
        assertThat(stream.side.taken()).hasSize(20);
        socket.side.offerEnd();
        assertReason(bridge, new CloseReason.Finished());
        assertThat(socket.isReset()).isFalse();
    }

    @Test
    void theLastBytesReachAClientThatIsSlowAfterThePeerIsGone() {
        Bridge bridge = join();
        socket.side.offerEnd();
        socket.side.takeNothing();
        stream.side.offer(random(50));
        endOfStream();
        assertThat(stream.closed().toCompletableFuture()).isCompletedWithValue(new CloseReason.Finished());
        assertThat(bridge.ended()).isNotDone();
        socket.side.takeAll();
        assertThat(socket.side.taken()).hasSize(50);
        assertReason(bridge, new CloseReason.Finished());
    }

    @Test
    void theLastBytesReachAPeerThatIsSlowAfterTheClientIsGone() {
        Bridge bridge = join();
        stream.side.takeNothing();
        endOfStream();
        socket.side.offer(random(50));
        socket.side.offerEnd();
        assertThat(socket.isClosed()).isTrue();
        assertThat(bridge.ended()).isNotDone();
        stream.side.takeAll();
        stream.endIfFinished();
        assertThat(stream.side.taken()).hasSize(50);
        assertReason(bridge, new CloseReason.Finished());
    }

    // ── back-pressure ──

    @Test
    void aSlowPeerHoldsTheClientBack() {
        join();
        stream.side.takeNothing();
        for (int i = 0; i < 20; i++) {
            socket.side.offer(random(400));
        }
        assertThat(stream.side.untaken()).isLessThan(FakeSide.HIGH_WATER_MARK + 600);
        assertThat(socket.side.unread()).isGreaterThan(6000);
        stream.side.takeAll();
        assertThat(stream.side.taken()).hasSize(8000);
    }

    @Test
    void aSlowClientHoldsThePeerBack() {
        join();
        socket.side.takeNothing();
        for (int i = 0; i < 20; i++) {
            stream.side.offer(random(400));
        }
        assertThat(socket.side.untaken()).isLessThan(FakeSide.HIGH_WATER_MARK + 600);
        assertThat(stream.side.unread()).isGreaterThan(6000);
        socket.side.takeAll();
        assertThat(socket.side.taken()).hasSize(8000);
    }

    @Test
    void aSlowReaderHoldsNothingElseBack() {
        join();
        stream.side.takeNothing();
        socket.side.offer(random(2000));
        stream.side.offer(random(5000));
        assertThat(socket.side.taken()).hasSize(5000);
        stream.side.takeAll();
    }

    // ── broken ends ──

    @Test
    void aResetOfThePeerResetsTheClientWithWhatWasQueuedForIt() {
        Bridge bridge = join();
        socket.side.takeNothing();
        stream.side.offer(random(100));
        stream.end(new CloseReason.Remote(ErrorCode.SHUTDOWN.streamCode()));
        assertThat(socket.isReset()).isTrue();
        assertThat(socket.finished()).isFalse();
        assertReason(bridge, new CloseReason.Remote(ErrorCode.SHUTDOWN.streamCode()));
    }

    @Test
    void aResetAfterHalfOfTheSessionHasEndedIsStillAReset() {
        Bridge bridge = join();
        socket.side.offerEnd();
        stream.end(new CloseReason.Remote(0));
        assertThat(socket.isReset()).isTrue();
        assertReason(bridge, new CloseReason.Remote(0));
    }

    @Test
    void aClientThatBreaksOffResetsTheStream() {
        Bridge bridge = join();
        socket.breakOff();
        assertThat(stream.isReset()).isTrue();
        assertThat(stream.finished()).isFalse();
        assertThat(reason(bridge))
                .isInstanceOfSatisfying(
                        CloseReason.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(LocalSocketBroken.class)
                                .hasMessage("Connection reset by peer"));
    }

    @Test
    void aProposalThatWasRefusedAfterAllIsToldAsSuch() {
        Bridge bridge = join();
        StreamRefused refused = new StreamRefused(StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED, "not spoken");
        stream.side.channel.pipeline().fireExceptionCaught(refused);
        assertThat(socket.isReset()).isTrue();
        assertReason(bridge, new CloseReason.Failed(refused));
    }

    @Test
    void theLimitOfARelayIsToldAsSuch() {
        Bridge bridge = join();
        stream.end(new CloseReason.RelayLimitReached("64 MiB per direction"));
        assertThat(socket.isReset()).isTrue();
        assertReason(bridge, new CloseReason.RelayLimitReached("64 MiB per direction"));
    }

    @Test
    void cuttingResetsBothSidesEvenWhenTheStreamHasEndedWell() {
        Bridge bridge = join();
        socket.side.takeNothing();
        stream.side.offer(random(10));
        endOfStream();
        bridge.cut(ErrorCode.SHUTDOWN);
        socket.side.run();
        assertThat(socket.isReset()).isTrue();
        assertThat(stream.isReset()).isTrue();
        assertReason(bridge, new CloseReason.Local(ErrorCode.SHUTDOWN.streamCode()));
    }

    private Bridge join() {
        Bridge bridge = Bridge.between(held, socket);
        bridge.begin();
        return bridge;
    }

    private void endOfStream() {
        stream.side.offerEnd();
        stream.endIfFinished();
    }

    private static CloseReason reason(Bridge bridge) {
        return bridge.ended()
                .toCompletableFuture()
                .getNow(new BridgeEnd(new Traffic(0, 0), new CloseReason.Local(-1)))
                .reason();
    }

    private static void assertReason(Bridge bridge, CloseReason why) {
        assertThat(reason(bridge)).isEqualTo(why);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
