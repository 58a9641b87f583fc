package io.peerup.circuitrelay.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.CircuitRule;
import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.swarm.CloseReason;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HopClientTest {
    private final FakeStream stream = new FakeStream();
    private final FakeConnection relay = FakeConnection.direct(1);
    private CompletableFuture<HopMessage.Status> answer = new CompletableFuture<>();

    @BeforeEach
    void ask() {
        answer = HopClient.reserve(relay, Duration.ofSeconds(10)).toCompletableFuture();
        relay.opens(stream);
    }

    @AfterEach
    void leaveNothing() {
        stream.reset(0);
        stream.channel.checkException();
    }

    @Test
    void aReservationIsAskedForAndTheStreamEndsWithTheAnswer() {
        assertThat(stream.sent()).isEqualTo(Delimited.write(HopCodec.encode(new HopMessage.Reserve())));
        reply(HopMessage.Status.of(StatusCode.RESERVATION_REFUSED));
        assertThat(answer).isCompletedWithValue(HopMessage.Status.of(StatusCode.RESERVATION_REFUSED));
        assertThat(stream.finished()).isTrue();
    }

    @Test
    void anAnswerThatIsARequestBreaksARule() {
        reply(new HopMessage.Reserve());
        assertThat(failure())
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        broken -> assertThat(broken.rule()).isEqualTo(CircuitRule.MESSAGE_UNEXPECTED));
        assertThat(stream.closed()).isCompletedWithValue(new CloseReason.Local(0));
    }

    @Test
    void garbageBreaksARule() {
        stream.receive(new byte[] {1, (byte) 0xff});
        assertThat(failure()).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void silenceEndsTheWaiting() {
        stream.pass(10);
        assertThat(failure()).isInstanceOf(TimeoutException.class).hasMessage("no answer within 10 s");
        assertThat(stream.closed()).isDone();
    }

    @Test
    void aResetIsTold() {
        stream.end(new CloseReason.Remote(0));
        assertThat(failure()).hasMessage("the stream was reset");
    }

    private void reply(HopMessage message) {
        stream.receive(Delimited.write(HopCodec.encode(message)));
    }

    private Throwable failure() {
        assertThat(answer).isCompletedExceptionally();
        Throwable failure = answer.exceptionNow();
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
