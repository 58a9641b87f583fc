package io.peerup.swarm.multistream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.ProtocolViolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NegotiationTest {
    private static final ProtocolId ECHO = ProtocolId.of("/echo/1.0.0");
    private static final ProtocolId OTHER = ProtocolId.of("/other/1.0.0");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Heard proposer = new Heard();
    private final Heard answerer = new Heard();

    @Test
    void headerAndFirstProposalShareOnePacketAndSoDoHeaderAndAnswer() {
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        EmbeddedChannel responder = answering(Set.of(ECHO));

        ByteBuf request = initiator.readOutbound();
        assertThat(text(request)).isEqualTo("\23/multistream/1.0.0\n\14/echo/1.0.0\n");
        responder.writeInbound(request);
        passAll(responder, initiator);

        assertThat(proposer.agreed).containsExactly(ECHO);
        assertThat(answerer.agreed).containsExactly(ECHO);
        assertThat(initiator.pipeline().toMap()).isEmpty();
        assertThat(responder.pipeline().toMap()).isEmpty();
        finish(initiator, responder);
    }

    @Test
    void bytesGluedToTheProposalReachTheProtocol() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.writeInbound(ascii("\23/multistream/1.0.0\n\14/echo/1.0.0\nhello"));

        assertThat(answerer.agreed).containsExactly(ECHO);
        assertThat(text(responder.readInbound())).isEqualTo("hello");
        finish(responder);
    }

    @Test
    void bytesGluedToTheAnswerReachTheProtocol() {
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        initiator.writeInbound(ascii("\23/multistream/1.0.0\n\14/echo/1.0.0\nhello"));

        assertThat(text(initiator.readInbound())).isEqualTo("hello");
        finish(initiator);
    }

    @Test
    void aSocketThatBreaksEndsTheNegotiationAndIsHeardOfNowhereElse() {
        EmbeddedChannel initiator = proposing(List.of(ECHO));

        initiator.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        initiator.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        initiator.checkException();

        assertThat(proposer.failures)
                .singleElement()
                .satisfies(why -> assertThat(why).hasMessage("Connection reset by peer"));
        finish(initiator);
    }

    @Test
    void aProtocolThatReadsOnDemandDoesNotHoldUpItsNegotiation() {
        AtomicInteger reads = new AtomicInteger();
        EmbeddedChannel initiator = new EmbeddedChannel(new CountedReads(reads));
        reads.set(0);
        initiator.pipeline().addLast(new ProposingHandler(List.of(ECHO), PATIENCE, proposer));
        initiator.config().setAutoRead(false);

        initiator.runPendingTasks();

        assertThat(reads).hasValue(1);
        finish(initiator);
    }

    @Test
    void theReadThatTheLastTokenUsedUpIsAskedForAgain() {
        AtomicInteger reads = new AtomicInteger();
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        initiator.config().setAutoRead(false);
        initiator.pipeline().addFirst(new CountedReads(reads));

        initiator.writeInbound(ascii("\23/multistream/1.0.0\n\14/echo/1.0.0\n"));

        assertThat(proposer.agreed).containsExactly(ECHO);
        assertThat(reads).hasValue(1);
        finish(initiator);
    }

    @Test
    void aReadThatBroughtTheFirstBytesIsNotAskedForAgain() {
        AtomicInteger reads = new AtomicInteger();
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        initiator.config().setAutoRead(false);
        initiator.pipeline().addFirst(new CountedReads(reads));

        initiator.writeInbound(ascii("\23/multistream/1.0.0\n\14/echo/1.0.0\nhello"));

        assertThat(text(initiator.readInbound())).isEqualTo("hello");
        assertThat(reads).hasValue(0);
        finish(initiator);
    }

    @Test
    void aProtocolThatIsThereAndDoesNotReadYetDoesNotHoldUpTheNegotiation() {
        AtomicInteger reads = new AtomicInteger();
        EmbeddedChannel initiator = new EmbeddedChannel(new CountedReads(reads));
        initiator.pipeline().addLast(new ProposingHandler(List.of(ECHO), PATIENCE, proposer));
        initiator.config().setAutoRead(false);
        reads.set(0);
        initiator.runPendingTasks();
        assertThat(reads).hasValue(1);

        initiator.writeInbound(ascii("\23/multistream/1.0.0\n"));
        assertThat(reads).hasValue(2);
        finish(initiator);
    }

    @Test
    void aNegotiationCutIntoSingleBytesComesToTheSameEnd() {
        EmbeddedChannel initiator = proposing(List.of(OTHER, ECHO));
        EmbeddedChannel responder = answering(Set.of(ECHO));
        for (int round = 0; round < 4; round++) {
            passByteByByte(initiator, responder);
            passByteByByte(responder, initiator);
        }
        assertThat(proposer.agreed).containsExactly(ECHO);
        assertThat(answerer.agreed).containsExactly(ECHO);
        finish(initiator, responder);
    }

    @Test
    void nothingInCommonIsSaidOnce() {
        EmbeddedChannel initiator = proposing(List.of(OTHER));
        initiator.writeInbound(ascii("\23/multistream/1.0.0\n\3na\n"));

        assertThat(proposer.failures).singleElement().isInstanceOfSatisfying(StreamRefused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED);
            assertThat(refused).hasMessageContaining("/other/1.0.0");
        });
        finish(initiator);
        assertThat(proposer.failures).hasSize(1);
    }

    @Test
    void aPeerWithoutHeaderBreaksTheRule() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.writeInbound(ascii("\14/echo/1.0.0\n"));
        assertThat(answerer.rule()).isEqualTo(MultistreamRule.HEADER);

        EmbeddedChannel initiator = proposing(List.of(ECHO));
        initiator.writeInbound(ascii("\14/echo/1.0.0\n"));
        assertThat(proposer.rule()).isEqualTo(MultistreamRule.HEADER);
        finish(initiator, responder);
    }

    @Test
    void anAnswerThatWasNotProposedBreaksTheRule() {
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        initiator.writeInbound(ascii("\23/multistream/1.0.0\n\15/other/1.0.0\n"));
        assertThat(proposer.rule()).isEqualTo(MultistreamRule.WRONG_ANSWER);
        finish(initiator);
    }

    @Test
    void aPeerThatGoesOnProposingIsStopped() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.writeInbound(ascii("\23/multistream/1.0.0\n"));
        for (int i = 0; i <= Answering.MAX_REFUSALS; i++) {
            assertThat(answerer.failures).isEmpty();
            responder.writeInbound(ascii("\15/other/1.0.0\n"));
        }
        assertThat(answerer.rule()).isEqualTo(MultistreamRule.TOO_MANY_PROPOSALS);
        finish(responder);
    }

    @Test
    void aFloodOfZeroBytesIsCutAtTheFirstAndAnswersNothing() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        release(responder);
        responder.writeInbound(Unpooled.buffer().writeZero(1 << 20));
        assertThat(answerer.rule()).isEqualTo(MultistreamRule.EMPTY_TOKEN);

        responder.writeInbound(Unpooled.buffer().writeZero(1 << 20));
        assertThat(responder.<Object>readOutbound()).isNull();
        assertThat(answerer.failures).hasSize(1);
        finish(responder);
    }

    @Test
    void silenceEndsInATimeout() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.freezeTime();
        responder.advanceTimeBy(9, TimeUnit.SECONDS);
        responder.runScheduledPendingTasks();
        assertThat(answerer.failures).isEmpty();

        responder.advanceTimeBy(2, TimeUnit.SECONDS);
        responder.runScheduledPendingTasks();
        assertThat(answerer.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        StreamRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StreamRefused.Cause.TIMED_OUT));
        finish(responder);
    }

    @Test
    void aPeerThatFinishesWithoutAnAnswerIsNotWaitedFor() {
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        initiator.writeInbound(ascii("\23/multistream/1.0.0\n"));
        initiator.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(proposer.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        StreamRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StreamRefused.Cause.RESET));
        finish(initiator);
    }

    @Test
    void aPeerThatFinishesBehindItsProposalIsServed() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.writeInbound(ascii("\23/multistream/1.0.0\n\14/echo/1.0.0\nhello"));
        responder.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(answerer.agreed).containsExactly(ECHO);
        assertThat(answerer.failures).isEmpty();
        finish(responder);
    }

    @Test
    void aNameThatIsNotTextBreaksTheRule() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.writeInbound(ascii("\23/multistream/1.0.0\n"));
        byte[] token = new byte[1026];
        Arrays.fill(token, (byte) 0xff);
        token[0] = (byte) 0x80;
        token[1] = 8;
        token[1025] = '\n';
        responder.writeInbound(Unpooled.wrappedBuffer(token));
        assertThat(answerer.rule()).isEqualTo(MultistreamRule.NOT_TEXT);
        finish(responder);
    }

    @Test
    void aPeerThatRefusesForEverIsHeardOnce() {
        EmbeddedChannel initiator = proposing(List.of(OTHER, ECHO));
        initiator.writeInbound(ascii("\23/multistream/1.0.0\n" + "\3na\n".repeat(10_000)));
        assertThat(proposer.failures).hasSize(1);
        assertThat(proposer.agreed).isEmpty();
        finish(initiator);
    }

    @Test
    void aLengthThatNobodyMayAskForIsNotWaitedFor() {
        EmbeddedChannel responder = answering(Set.of(ECHO));
        responder.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 127}));
        assertThat(answerer.rule()).isEqualTo(MultistreamRule.TOKEN_LENGTH);
        finish(responder);
    }

    @Test
    void aClosedChannelEndsTheNegotiation() {
        EmbeddedChannel initiator = proposing(List.of(ECHO));
        finish(initiator);
        assertThat(proposer.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        StreamRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StreamRefused.Cause.CONNECTION_CLOSED));
    }

    private EmbeddedChannel proposing(List<ProtocolId> ids) {
        return new EmbeddedChannel(new ProposingHandler(ids, PATIENCE, proposer));
    }

    private EmbeddedChannel answering(Set<ProtocolId> ids) {
        return new EmbeddedChannel(new AnsweringHandler(ids::contains, PATIENCE, answerer));
    }

    private static void passAll(EmbeddedChannel from, EmbeddedChannel to) {
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }

    private static void passByteByByte(EmbeddedChannel from, EmbeddedChannel to) {
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            while (bytes.isReadable()) {
                to.writeInbound(bytes.readBytes(1));
            }
            bytes.release();
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private static void release(EmbeddedChannel channel) {
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            bytes.release();
        }
    }

    private static void finish(EmbeddedChannel... channels) {
        for (EmbeddedChannel channel : channels) {
            channel.finishAndReleaseAll();
        }
    }

    /** Counts how often the channel is asked to read. */
    private static final class CountedReads extends ChannelOutboundHandlerAdapter {
        private final AtomicInteger reads;

        CountedReads(AtomicInteger reads) {
            this.reads = reads;
        }

        @Override
        public void read(ChannelHandlerContext ctx) {
            reads.incrementAndGet();
            ctx.read();
        }
    }

    /** Remembers what a negotiation led to. */
    private static final class Heard implements NegotiationOutcome {
        private final List<ProtocolId> agreed = new ArrayList<>();
        private final List<Exception> failures = new ArrayList<>();

        @Override
        public void agreed(ProtocolId protocol) {
            agreed.add(protocol);
        }

        @Override
        public void failed(Exception why) {
            failures.add(why);
        }

        ProtocolViolation.Rule rule() {
            return ((ProtocolViolation) failures.getFirst()).rule();
        }
    }
}
