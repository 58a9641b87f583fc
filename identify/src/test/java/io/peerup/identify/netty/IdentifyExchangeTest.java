package io.peerup.identify.netty;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.SELF;
import static io.peerup.identify.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.IdentifyReader;
import io.peerup.identify.IdentifyRule;
import io.peerup.identify.IdentifyWriter;
import io.peerup.identify.Samples;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.testkit.streams.EmbeddedConnection;
import io.peerup.testkit.streams.EmbeddedStream;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.WireRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identify and push on streams whose other end is the test. */
class IdentifyExchangeTest {
    private static final byte[] FRAME =
            Delimited.write(IdentifyWriter.write(Samples.message(PEER)).getFirst());
    private static final Duration PATIENCE = Duration.ofSeconds(IdentifyReceiver.TIMEOUT_SECONDS);

    private final EmbeddedStream stream = new EmbeddedStream(Direction.INBOUND);
    private final Connection connection = new EmbeddedConnection(
            PEER.publicKey(), address("/ip4/11.0.0.1/tcp/4001"), address("/ip4/11.0.0.2/tcp/4001"));

    @AfterEach
    void releaseEverything() {
        stream.reset(0);
        stream.sent();
    }

    @Test
    void anAnswerIsCompleteAtTheEndOfTheStream() throws Exception {
        CompletableFuture<IdentifyMessage> answer = receive();
        stream.receive(FRAME);
        assertThat(answer).isNotDone();
        stream.receiveFinish();
        assertThat(answer.get().agentVersion()).isEqualTo("sample/1");
        assertThat(stream.resetCode()).isEmpty();
    }

    @Test
    void anAnswerMayComeByteByByte() throws Exception {
        CompletableFuture<IdentifyMessage> answer = receive();
        for (byte b : FRAME) {
            stream.receive(new byte[] {b});
        }
        stream.receiveFinish();
        assertThat(answer.get().protocols()).hasSize(2);
    }

    @Test
    void aMessageOverEightKilobytesIsRefusedBeforeItComes() {
        CompletableFuture<IdentifyMessage> answer = receive();
        stream.receive(new byte[] {(byte) 0x81, 0x40});
        assertViolates(answer, WireRule.FRAME_TOO_LONG);
    }

    @Test
    void eightKilobytesAreNotTooMany() throws Exception {
        CompletableFuture<IdentifyMessage> answer = receive();
        byte[] unknownField = new byte[IdentifyReader.MAX_MESSAGE_BYTES];
        byte[] head = {(byte) 0x9a, 0x06, (byte) 0xfc, 0x3f};
        System.arraycopy(head, 0, unknownField, 0, head.length);
        stream.receive(Delimited.write(unknownField));
        stream.receiveFinish();
        assertThat(answer.get().protocols()).isEmpty();
    }

    @Test
    void anEndWithinAMessageIsNoAnswer() {
        CompletableFuture<IdentifyMessage> answer = receive();
        stream.receive(Arrays.copyOf(FRAME, FRAME.length - 1));
        stream.receiveFinish();
        assertViolates(answer, WireRule.FRAME_TRUNCATED);
    }

    @Test
    void anEndWithoutAMessageIsNoAnswer() {
        CompletableFuture<IdentifyMessage> answer = receive();
        stream.receiveFinish();
        assertViolates(answer, IdentifyRule.NO_MESSAGE);
    }

    @Test
    void theEleventhMessageIsOneTooMany() {
        CompletableFuture<IdentifyMessage> answer = receive();
        for (int i = 0; i < 10; i++) {
            stream.receive(FRAME);
        }
        assertThat(answer).isNotDone();
        stream.receive(FRAME);
        assertViolates(answer, IdentifyRule.TOO_MANY_MESSAGES);
    }

    @Test
    void whoeverDoesNotFinishInFiveSecondsIsReset() {
        CompletableFuture<IdentifyMessage> answer = receive();
        stream.receive(FRAME);
        stream.advance(PATIENCE.minusMillis(1));
        assertThat(answer).isNotDone();
        stream.advance(Duration.ofMillis(1));
        assertThat(answer).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(stream.resetCode()).hasValue(0);
    }

    @Test
    void aResetIsNoAnswer() {
        CompletableFuture<IdentifyMessage> answer = receive();
        stream.receive(FRAME);
        stream.receiveReset(1);
        assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void whoAsksIsToldAndSeesTheEnd() throws Exception {
        new IdentifyProtocol(asking -> Samples.message(SELF)).attach(stream, connection);
        assertThat(Samples.read(List.of(Delimited.read(stream.sent(), 8192))).agentVersion())
                .isEqualTo("sample/1");
        assertThat(stream.isFinished()).isTrue();
        stream.receiveFinish();
        stream.advance(PATIENCE);
        assertThat(stream.resetCode()).isEmpty();
    }

    @Test
    void whoAsksAndThenSaysSomethingIsNotListenedTo() {
        new IdentifyProtocol(asking -> Samples.message(SELF)).attach(stream, connection);
        stream.receive(new byte[10_000]);
        assertThat(stream.resetCode()).isEmpty();
    }

    @Test
    void whoAsksAndDoesNotEndIsReset() {
        new IdentifyProtocol(asking -> Samples.message(SELF)).attach(stream, connection);
        stream.advance(PATIENCE);
        assertThat(stream.resetCode()).hasValue(0);
    }

    @Test
    void aPushIsLearnt() {
        List<IdentifyMessage> learnt = new ArrayList<>();
        new IdentifyPushProtocol(any -> true, (from, message) -> learnt.add(message)).attach(stream, connection);
        stream.receive(FRAME);
        stream.receiveFinish();
        assertThat(learnt).extracting(IdentifyMessage::agentVersion).containsExactly("sample/1");
        assertThat(stream.isFinished()).isTrue();
    }

    @Test
    void aPushTooManyIsRefusedWithItsCode() {
        List<IdentifyMessage> learnt = new ArrayList<>();
        new IdentifyPushProtocol(any -> false, (from, message) -> learnt.add(message)).attach(stream, connection);
        assertThat(stream.resetCode()).hasValue(ErrorCode.RATE_LIMITED.streamCode());
        assertThat(learnt).isEmpty();
    }

    @Test
    void aBrokenPushIsNotLearnt() {
        List<IdentifyMessage> learnt = new ArrayList<>();
        new IdentifyPushProtocol(any -> true, (from, message) -> learnt.add(message)).attach(stream, connection);
        stream.receive(new byte[] {1, 0x0b});
        assertThat(stream.resetCode()).hasValue(ErrorCode.PROTOCOL_VIOLATION.streamCode());
        assertThat(learnt).isEmpty();
    }

    @Test
    void bothProtocolsRunOverLimitedConnections() {
        assertThat(new IdentifyProtocol(any -> Samples.message(SELF)).allowedOnLimitedConnections())
                .isTrue();
        assertThat(new IdentifyPushProtocol(any -> true, (from, message) -> {}).allowedOnLimitedConnections())
                .isTrue();
    }

    private CompletableFuture<IdentifyMessage> receive() {
        return IdentifyReceiver.receive(stream).toCompletableFuture();
    }

    private void assertViolates(CompletableFuture<IdentifyMessage> answer, ProtocolViolation.Rule rule) {
        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(rule));
        assertThat(stream.resetCode()).hasValue(ErrorCode.PROTOCOL_VIOLATION.streamCode());
    }
}
