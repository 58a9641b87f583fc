package io.peerup.yamux.netty;

import static io.peerup.yamux.netty.RawPeer.FIN;
import static io.peerup.yamux.netty.RawPeer.NONE;
import static io.peerup.yamux.netty.RawPeer.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.Role;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.testkit.contracts.StreamEnd;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.GoAway;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import io.peerup.yamux.YamuxRule;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire and through the pipeline, with a peer that writes frames by hand. */
class YamuxHandlerTest {
    private static final int FRAME_BYTES = YamuxConfig.defaults().maxDataBytes();

    private static final ByteBufAllocator NO_MEMORY = new AbstractByteBufAllocator(true) {
        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("no heap");
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("no direct memory");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    };

    private final RawPeer peer = new RawPeer(YamuxConfig.defaults());

    @AfterEach
    void release() {
        peer.channel.finishAndReleaseAll();
    }

    // ── sending ──

    @Test
    void streamsThatHaveMuchToSendTakeTurns() {
        peer.sends(new WindowUpdate(1, SYN, 0), new WindowUpdate(3, SYN, 0), new WindowUpdate(5, SYN, 0));
        peer.sent();
        peer.writable(false);
        peer.arrived.forEach(stream -> stream.send(new byte[2 * FRAME_BYTES]));
        peer.writable(true);
        assertThat(dataSent()).containsExactly(1, 3, 5, 1, 3, 5);
    }

    @Test
    void nothingIsPulledWhileTheChannelBelowTakesNoMore() {
        StreamEnd stream = peer.open();
        peer.sent();
        peer.writable(false);
        stream.send(new byte[200_000]);
        assertThat(peer.sent()).isEmpty();
        assertThat(stream.channel().unsafe().outboundBuffer().totalPendingWriteBytes())
                .isGreaterThanOrEqualTo(200_000);

        peer.writable(true);
        assertThat(dataSent()).hasSize(4);
    }

    @Test
    void smallWritesShareAFrame() {
        StreamEnd stream = peer.open();
        peer.sent();
        for (int i = 0; i < 100; i++) {
            stream.write(new byte[10]);
        }
        stream.channel().flush();
        assertThat(peer.sent()).containsExactly(new Data(stream(stream), NONE, 1000));
    }

    @Test
    void aSmallWriteIsSentAtOnce() {
        StreamEnd stream = peer.open();
        peer.sent();
        stream.send(new byte[1]);
        assertThat(peer.sent()).containsExactly(new Data(stream(stream), NONE, 1));
    }

    @Test
    void aFrameForWhichThereIsNoMemoryEndsTheConnection() {
        StreamEnd stream = peer.open();
        peer.sent();
        peer.channel.config().setAllocator(NO_MEMORY);
        stream.send(new byte[1]);
        assertThat(stream.reason()).get().isInstanceOf(CloseReason.Failed.class);
        assertThat(peer.connection.closed().toCompletableFuture().join()).isInstanceOf(CloseReason.Failed.class);
    }

    // ── receiving ──

    @Test
    void dataForWhichThereIsNoMemoryEndsTheConnectionAndLeavesNothing() {
        peer.sends(new WindowUpdate(1, SYN, 0));
        StreamEnd stream = peer.arrived.remove().pause();
        stream.channel().config().setAllocator(NO_MEMORY);
        peer.sends(new Data(1, NONE, 1));
        assertThat(stream.reason()).get().isInstanceOf(CloseReason.Failed.class);
        assertThat(peer.connection.closed().toCompletableFuture().join()).isInstanceOf(CloseReason.Failed.class);
    }

    @Test
    void framesMayBeCutAnywhere() {
        ByteBuf wire = Unpooled.buffer();
        RawPeer.encode(new WindowUpdate(1, SYN, 0), wire);
        RawPeer.encode(new Data(1, NONE, 100), wire);
        RawPeer.encode(new Data(1, FIN, 50), wire);
        while (wire.isReadable()) {
            peer.sendsBytes(wire.readBytes(1));
        }
        StreamEnd stream = peer.arrived.remove();
        assertThat(stream.receivedBytes()).isEqualTo(150);
        assertThat(stream.ended()).isTrue();
    }

    @Test
    void aFrameThatIsCutByTheEndOfTheNetworkIsNoCleanEnd() {
        ByteBuf wire = Unpooled.buffer();
        RawPeer.encode(new Data(1, new YamuxFrame.Flags(true, false, true, false), 100), wire);
        peer.sendsBytes(wire.readBytes(50));
        StreamEnd stream = peer.arrived.remove();
        peer.hangsUp();
        assertThat(stream.receivedBytes()).isPositive().isLessThan(100);
        assertThat(stream.ended()).isFalse();
        assertThat(stream.reason()).contains(new CloseReason.Remote(0));
    }

    @Test
    void theRestOfAFrameWhoseStreamWasResetIsDropped() {
        ByteBuf wire = Unpooled.buffer();
        RawPeer.encode(new Data(1, SYN, 100), wire);
        RawPeer.encode(new Ping(false, 9), wire);
        peer.sendsBytes(wire.readBytes(50));
        peer.arrived.remove().stream().reset(3);
        peer.sent();
        peer.sendsBytes(wire);
        assertThat(peer.sent()).containsExactly(new Ping(true, 9));
    }

    // ── the end ──

    @Test
    void aBrokenRuleIsAnsweredWithAProtocolErrorAndEndsTheConnection() {
        StreamEnd ours = peer.open();
        peer.sent();
        peer.sends(new WindowUpdate(2, SYN, 0), new Ping(false, 5));
        assertThat(peer.sent()).containsExactly(new GoAway(GoAway.PROTOCOL_ERROR));
        assertThat(peer.channel.isOpen()).isFalse();
        assertThat(reason())
                .isInstanceOfSatisfying(
                        CloseReason.Violated.class,
                        violated -> assertThat(violated.rule()).isEqualTo(YamuxRule.STREAM_ID_PARITY));
        assertThat(ours.reason()).contains(reason());
    }

    @Test
    void aPeerThatAsksAndNeverReadsIsCutOff() {
        peer.writable(false);
        for (int i = 0; i <= YamuxConfig.defaults().maxUnsentReplies(); i += 100) {
            assertThat(reason()).isNull();
            Ping[] flood = new Ping[100];
            Arrays.setAll(flood, value -> new Ping(false, value));
            peer.sends(flood);
        }
        assertThat(reason())
                .isInstanceOfSatisfying(
                        CloseReason.Violated.class,
                        violated -> assertThat(violated.rule()).isEqualTo(YamuxRule.UNREAD_REPLIES));
    }

    @Test
    void aSilentPeerTimesOut() {
        StreamEnd ours = peer.open();
        peer.advance(YamuxConfig.defaults().pingTimeout());
        assertThat(reason()).isEqualTo(new CloseReason.TimedOut("keepalive"));
        assertThat(ours.reason()).contains(new CloseReason.TimedOut("keepalive"));
        assertThat(peer.channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatAnswersStaysAndItsRoundTripIsKnown() {
        assertThat(peer.connection.roundTripNanos()).isEmpty();
        for (int i = 1; i < 5; i++) {
            peer.advance(Duration.ofMillis(i));
            peer.sends(new Ping(true, i));
            assertThat(peer.connection.roundTripNanos())
                    .hasValue(Duration.ofMillis(i).toNanos());
            peer.advance(YamuxConfig.defaults().keepAlive().minusMillis(i));
            assertThat(peer.sent()).containsExactly(new Ping(false, i + 1));
        }
    }

    @Test
    void aPeerThatGoesAwayWithACodeEndsTheConnection() {
        StreamEnd ours = peer.open();
        peer.sends(new GoAway(0x1006));
        assertThat(reason()).isEqualTo(new CloseReason.Remote(0x1006));
        assertThat(ours.reason()).contains(new CloseReason.Remote(0x1007));
    }

    @Test
    void aPeerThatGoesAwayQuietlyFinishesItsStreamsAndTakesNoNewOnes() {
        StreamEnd ours = peer.open();
        for (int i = 1; i < YamuxConfig.defaults().ackBacklog(); i++) {
            peer.open();
        }
        var waiting = peer.connection.openStream().toCompletableFuture();
        assertThat(waiting).isNotDone();
        peer.sends(new GoAway(0));
        assertThat(waiting).isCompletedExceptionally();
        assertThat(peer.connection.openStream().toCompletableFuture()).isCompletedExceptionally();
        assertThat(reason()).isNull();

        peer.sends(new Data(stream(ours), FIN, 10));
        assertThat(ours.receivedBytes()).isEqualTo(10);
        assertThat(ours.ended()).isTrue();
    }

    @Test
    void closingWithoutACodeSaysNothing() {
        peer.connection.close(0);
        assertThat(peer.sent()).isEmpty();
        assertThat(reason()).isEqualTo(new CloseReason.Local(0));
    }

    @Test
    void whatTheTransportKnowsOfItsEndIsPassedOn() {
        StreamEnd ours = peer.open();
        CloseReason why = new CloseReason.RelayLimitReached("2 min");
        peer.channel.pipeline().fireUserEventTriggered(why);
        assertThat(reason()).isEqualTo(why);
        assertThat(ours.reason()).contains(why);
    }

    @Test
    void aFailureBelowIsTheReason() {
        IOException cause = new IOException("reset by peer");
        assertThatCode(() -> peer.channel.pipeline().fireExceptionCaught(cause)).doesNotThrowAnyException();
        assertThat(reason()).isEqualTo(new CloseReason.Failed(cause));
    }

    @Test
    void aChannelThatIsClosedAlreadyMakesAClosedConnection() {
        EmbeddedChannel gone = new EmbeddedChannel();
        gone.close();
        MuxedConnection connection =
                new Yamux(YamuxConfig.defaults()).attach(gone, Role.INITIATOR, MemoryBudget.unlimited());
        assertThat(connection.closed()).isCompleted();
        assertThat(connection.openStream().toCompletableFuture()).isCompletedExceptionally();
    }

    private CloseReason reason() {
        return peer.connection.closed().toCompletableFuture().getNow(null);
    }

    /** The streams of the data frames sent, in order. */
    private List<Integer> dataSent() {
        return peer.sent().stream()
                .filter(Data.class::isInstance)
                .map(frame -> ((Data) frame).streamId())
                .toList();
    }

    private static int stream(StreamEnd end) {
        return ((YamuxStreamChannel) end.stream()).streamId();
    }
}
