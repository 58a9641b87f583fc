package io.peerup.identify.netty;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.StreamRefused;
import io.peerup.testkit.streams.EmbeddedConnection;
import io.peerup.testkit.streams.EmbeddedStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PingTest {
    private final EmbeddedConnection connection =
            new EmbeddedConnection(PEER.publicKey(), address("/ip4/11.0.0.1/tcp/1"), address("/ip4/11.0.0.2/tcp/1"));
    private long nowNanos = -7;
    private final Ping ping = Ping.over(connection, () -> nowNanos);

    @AfterEach
    void releaseEverything() {
        connection.opened().forEach(stream -> {
            stream.reset(0);
            stream.sent();
        });
    }

    @Test
    void aRoundIsTimedFromTheFirstByteOutToTheLastByteIn() {
        CompletableFuture<Ping.Outcome> outcome = round();
        byte[] sent = stream(0).sent();
        assertThat(sent).hasSize(32);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(12);
        stream(0).receive(Arrays.copyOf(sent, 20));
        assertThat(outcome).isNotDone();
        nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
        stream(0).receive(Arrays.copyOfRange(sent, 20, 32));
        assertThat(outcome).isCompletedWithValue(new Ping.Outcome.Answered(Duration.ofMillis(13)));
    }

    @Test
    void roundsShareAStreamAndDifferInTheirBytes() {
        byte[] first = answerOneRound();
        byte[] second = answerOneRound();
        assertThat(second).isNotEqualTo(first);
        assertThat(connection.opened()).hasSize(1);
    }

    @Test
    void roundsThatAreBegunTogetherRunOneAfterTheOther() {
        CompletableFuture<Ping.Outcome> first = round();
        CompletableFuture<Ping.Outcome> second = round();
        byte[] sent = stream(0).sent();
        assertThat(sent).hasSize(32);
        stream(0).receive(sent);
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        stream(0).receive(stream(0).sent());
        assertThat(second).isCompletedWithValueMatching(Ping.Outcome.Answered.class::isInstance);
    }

    @Test
    void aStreamThatThePeerEndedBetweenRoundsIsReplaced() {
        answerOneRound();
        stream(0).receiveFinish();
        assertThat(stream(0).isFinished()).isTrue();
        answerOneRound();
        assertThat(connection.opened()).hasSize(2);
    }

    @Test
    void aStreamThatThePeerEndedInTheMiddleOfARoundIsReplacedOnce() {
        answerOneRound();
        CompletableFuture<Ping.Outcome> outcome = round();
        stream(0).receiveReset(0);
        assertThat(connection.opened()).hasSize(2);
        assertThat(outcome).isNotDone();
        stream(1).receiveReset(0);
        assertThat(outcome).isCompletedWithValue(new Ping.Outcome.Failed("the peer reset the stream"));
        assertThat(connection.opened()).hasSize(2);
    }

    @Test
    void aPeerThatEndsTheFirstRoundFailsIt() {
        CompletableFuture<Ping.Outcome> outcome = round();
        stream(0).receiveFinish();
        assertThat(outcome).isCompletedWithValue(new Ping.Outcome.Failed("the peer ended the stream"));
    }

    @Test
    void patienceEndsARoundAndItsStream() {
        CompletableFuture<Ping.Outcome> outcome = round();
        connection.advance(Ping.PATIENCE.minusNanos(1));
        assertThat(outcome).isNotDone();
        connection.advance(Duration.ofNanos(1));
        assertThat(outcome).isCompletedWithValue(new Ping.Outcome.TimedOut(Ping.PATIENCE));
        assertThat(stream(0).resetCode()).hasValue(0);
        stream(0).sent();
        CompletableFuture<Ping.Outcome> next = round();
        stream(1).receive(stream(1).sent());
        assertThat(next).isCompletedWithValueMatching(Ping.Outcome.Answered.class::isInstance);
    }

    @Test
    void patienceEndsTheOpeningOfAStreamToo() {
        connection.holdStreams();
        CompletableFuture<Ping.Outcome> outcome = round();
        connection.advance(Ping.PATIENCE);
        assertThat(outcome).isCompletedWithValue(new Ping.Outcome.TimedOut(Ping.PATIENCE));
        connection.agree();
        assertThat(stream(0).resetCode()).hasValue(0);
        assertThat(stream(0).sent()).isEmpty();
    }

    @Test
    void aPeerThatDoesNotPingIsSaidSo() {
        connection.refuseStreams(new StreamRefused(StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED, "does not speak it"));
        assertThat(round()).isCompletedWithValue(new Ping.Outcome.Failed("does not speak it"));
    }

    @Test
    void aWrongAnswerBreaksARule() {
        CompletableFuture<Ping.Outcome> outcome = round();
        byte[] answer = stream(0).sent();
        answer[31] ^= 1;
        stream(0).receive(answer);
        assertThat(outcome).isCompletedWithValue(new Ping.Outcome.Failed("ANSWER_DIFFERS: byte 31"));
        assertThat(stream(0).resetCode()).hasValue(ErrorCode.PROTOCOL_VIOLATION.streamCode());
    }

    @Test
    void anAnswerThatNobodyAskedForBreaksARule() {
        answerOneRound();
        stream(0).receive(new byte[1]);
        assertThat(stream(0).resetCode()).hasValue(ErrorCode.PROTOCOL_VIOLATION.streamCode());
    }

    @Test
    void anAnswerBeforeTheQuestionIsNoAnswer() {
        connection.holdStreams();
        CompletableFuture<Ping.Outcome> outcome = round();
        connection.agree();
        stream(0).receive(new byte[32]);
        assertThat(outcome).isCompletedWithValueMatching(Ping.Outcome.Failed.class::isInstance);
    }

    @Test
    void onceMeansAStreamOfItsOwnThatIsFinished() {
        CompletableFuture<Ping.Outcome> outcome =
                Ping.once(connection, Ping.PATIENCE, () -> nowNanos).toCompletableFuture();
        stream(0).receive(stream(0).sent());
        assertThat(outcome).isCompletedWithValueMatching(Ping.Outcome.Answered.class::isInstance);
        assertThat(stream(0).isFinished()).isTrue();
        connection.advance(Duration.ofHours(1));
        assertThat(stream(0).resetCode()).isEmpty();
    }

    private byte[] answerOneRound() {
        CompletableFuture<Ping.Outcome> outcome = round();
        EmbeddedStream current = connection.opened().getLast();
        byte[] sent = current.sent();
        current.receive(sent);
        assertThat(outcome).isCompletedWithValueMatching(Ping.Outcome.Answered.class::isInstance);
        return sent;
    }

    private CompletableFuture<Ping.Outcome> round() {
        return ping.round(Ping.PATIENCE).toCompletableFuture();
    }

    private EmbeddedStream stream(int index) {
        return connection.opened().get(index);
    }
}
