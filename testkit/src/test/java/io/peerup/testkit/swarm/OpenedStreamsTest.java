package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.Connection.NegotiatedStream;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.testkit.streams.EmbeddedStream;
import io.peerup.wire.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that we open, while the peer is the test. */
class OpenedStreamsTest {
    private static final Identity PEER = Identity.generate();
    private static final ProtocolId ECHO = ProtocolId.of("/echo/1.0.0");
    private static final ProtocolId CHAT = ProtocolId.of("/chat/1.0.0");
    private static final String HEADER = "\23/multistream/1.0.0\n";
    private static final String PROPOSAL = "\14/echo/1.0.0\n";
    private static final String REFUSAL = "\3na\n";

    private final SimNode node = SimNode.open().listening();
    private final FakeMuxed muxed = node.accept(PEER);
    private final Heard heard = new Heard();

    @AfterEach
    void discard() {
        node.transport.connections.forEach(FakeMuxed::discard);
    }

    @Test
    void aStreamIsAttachedWhenThePeerHasAgreed() {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        assertThat(sent()).isEqualTo(HEADER + PROPOSAL);
        assertThat(opening).isNotDone();
        receive(HEADER + PROPOSAL);
        assertThat(opening).isCompletedWithValue(new NegotiatedStream(stream(), ECHO));
    }

    @Test
    void theSecondChoiceIsTakenWhenTheFirstIsRefused() {
        CompletableFuture<NegotiatedStream> opening = open(CHAT, ECHO);
        receive(HEADER + REFUSAL);
        assertThat(sent()).endsWith(PROPOSAL);
        receive(PROPOSAL);
        assertThat(opening).isCompletedWithValue(new NegotiatedStream(stream(), ECHO));
    }

    @Test
    void whatWeHaveNoRoomForIsRefusedHereAndNotSent() {
        SimNode small = new SimNode(
                        SwarmConfig.defaults()
                                .withLimits(ResourceLimits.unlimited()
                                        .withConnection(ScopeLimits.unlimited().withStreams(ScopeLimits.UNLIMITED, 1))),
                        ConnectionGater.open())
                .listening();
        FakeMuxed busy = small.accept(PEER);
        var first = small.newest().openStream(List.of(ECHO), LimitedConnections.REFUSED, opened -> opened);
        var second = small.newest().openStream(List.of(ECHO), LimitedConnections.REFUSED, opened -> opened);
        assertThat(refusal(second.toCompletableFuture())).isEqualTo(StreamRefused.Cause.TOO_MANY_STREAMS);
        assertThat(busy.opened).hasSize(1);

        busy.opened.getFirst().receiveReset(0);
        assertThat(first.toCompletableFuture()).isCompletedExceptionally();
        small.newest().openStream(List.of(ECHO), LimitedConnections.REFUSED, opened -> opened);
        assertThat(busy.opened).hasSize(2);
        busy.discard();
        assertThat(small.swarm.resources().held().values()).containsOnly(0L);
    }

    @Test
    void whatIsNotSpokenIsRefusedAndReset() {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        receive(HEADER + REFUSAL);
        assertThat(refusal(opening)).isEqualTo(StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED);
        assertThat(stream().resetCode()).hasValue(0x1001);
    }

    @Test
    void toAPeerThatIsKnownToSpeakItTheFirstBytesGoWithTheProposal() {
        identify(ECHO);
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        assertThat(opening).isCompletedWithValue(new NegotiatedStream(stream(), ECHO));
        stream().channel().writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
        assertThat(sent()).isEqualTo(HEADER + PROPOSAL + "hello");

        receive(HEADER + PROPOSAL + "world");
        assertThat(heard.all).containsExactly("world");
    }

    @Test
    void aRefusalThatComesAfterTheFirstBytesIsHeardByTheHandlersAndEndsTheStream() {
        identify(ECHO);
        open(ECHO);
        receive(HEADER + REFUSAL);
        assertThat(heard.all).containsExactly("PROTOCOL_NOT_SUPPORTED", "the end");
        assertThat(stream().resetCode()).hasValue(0x1001);
    }

    @Test
    void aResetOfAnAttachedStreamIsItsEndAndNothingElse() {
        identify(ECHO);
        open(ECHO);
        stream().receiveReset(0x1002);
        assertThat(heard.all).containsExactly("the end");
        assertThat(stream().closed().toCompletableFuture()).isCompletedWithValue(new CloseReason.Remote(0x1002));
    }

    @Test
    void theCodeOfAResetSaysWhyThereIsNoStream() {
        assertThat(refusalAfterReset(ErrorCode.RESOURCE_LIMIT_EXCEEDED))
                .isEqualTo(StreamRefused.Cause.TOO_MANY_STREAMS);
        assertThat(refusalAfterReset(ErrorCode.PROTOCOL_NEGOTIATION_FAILED))
                .isEqualTo(StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED);
        assertThat(refusalAfterReset(ErrorCode.SHUTDOWN)).isEqualTo(StreamRefused.Cause.RESET);
        assertThat(refusalAfterReset(ErrorCode.NONE)).isEqualTo(StreamRefused.Cause.RESET);
    }

    @Test
    void theEndOfTheConnectionIsNotTakenForAReset() {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        muxed.ends(ErrorCode.RESOURCE_LIMIT_EXCEEDED.connectionCode());
        assertThat(refusal(opening)).isEqualTo(StreamRefused.Cause.CONNECTION_CLOSED);
    }

    @Test
    void aPeerThatBreaksTheRulesIsReset() {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        receive(HEADER + "\14/chat/1.0.0\n");
        assertThat(refusal(opening)).isEqualTo(StreamRefused.Cause.RESET);
        assertThat(opening.exceptionNow()).hasMessageContaining("WRONG_ANSWER");
        assertThat(stream().resetCode()).isPresent();
    }

    @Test
    void silenceIsNotWaitedForLongerThanTheNegotiationMayTake() {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        stream().advance(Duration.ofSeconds(9));
        assertThat(opening).isNotDone();
        stream().advance(Duration.ofSeconds(1));
        assertThat(refusal(opening)).isEqualTo(StreamRefused.Cause.TIMED_OUT);
        assertThat(stream().channel().isOpen()).isFalse();
    }

    @Test
    void whoeverStopsWaitingLeavesNoStreamBehind() {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        opening.cancel(true);
        receive(HEADER + PROPOSAL);
        assertThat(stream().channel().isOpen()).isFalse();
        assertThat(heard.all).isEmpty();
    }

    @Test
    void whatCannotBeAttachedFailsTheOpeningAndIsReset() {
        CompletableFuture<Object> opening = open(
                opened -> {
                    throw new IllegalStateException("a bug");
                },
                ECHO);
        receive(HEADER + PROPOSAL);
        assertThat(opening.exceptionNow()).hasMessage("a bug");
        assertThat(stream().channel().isOpen()).isFalse();
    }

    @Test
    void aLimitedConnectionCarriesOnlyWhatMayBeCut() {
        muxed.ends(0);
        FakeMuxed limited = node.acceptLimited(PEER);
        var refused = node.newest().openStream(List.of(ECHO), LimitedConnections.REFUSED, opened -> opened);
        assertThat(refusal(refused.toCompletableFuture())).isEqualTo(StreamRefused.Cause.LIMITED_CONNECTION);
        assertThat(limited.opened).isEmpty();
        node.newest().openStream(List.of(ECHO), LimitedConnections.ALLOWED, opened -> opened);
        assertThat(limited.opened).hasSize(1);
    }

    @Test
    void noProtocolAtAllIsAMistakeOfTheCaller() {
        assertThatIllegalArgumentException().isThrownBy(this::open);
    }

    private void identify(ProtocolId protocol) {
        node.swarm.identified(
                node.newest(),
                new IdentifiedPeer(PEER.peerId(), "peer/1", "", Set.of(protocol), List.of(), Optional.empty()));
    }

    private CompletableFuture<NegotiatedStream> open(ProtocolId... wanted) {
        return open(
                opened -> {
                    opened.stream().channel().pipeline().addLast(heard);
                    return opened;
                },
                wanted);
    }

    private <T> CompletableFuture<T> open(Function<NegotiatedStream, T> attach, ProtocolId... wanted) {
        return node.newest()
                .openStream(List.of(wanted), LimitedConnections.ALLOWED, attach)
                .toCompletableFuture();
    }

    private StreamRefused.Cause refusalAfterReset(ErrorCode code) {
        CompletableFuture<NegotiatedStream> opening = open(ECHO);
        stream().receiveReset(code.streamCode());
        return refusal(opening);
    }

    private static StreamRefused.Cause refusal(CompletableFuture<?> opening) {
        return ((StreamRefused) opening.exceptionNow()).reason();
    }

    private EmbeddedStream stream() {
        return muxed.opened.getLast();
    }

    private String sent() {
        stream().advance(Duration.ZERO);
        return new String(stream().sent(), StandardCharsets.US_ASCII);
    }

    private void receive(String text) {
        stream().receive(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What reaches the handlers of a protocol. */
    private static final class Heard extends ChannelInboundHandlerAdapter {
        private final List<String> all = new ArrayList<>();

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            all.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            all.add(((StreamRefused) cause).reason().name());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            all.add("the end");
        }
    }
}
