package io.peerup.circuitrelay.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.Samples;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpliceTest {
    private static final int BUFFER = 1000;
    private static final CloseReason BY_LIMIT = new CloseReason.Local(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());

    private final FakeStream hop = new FakeStream();
    private final FakeStream stop = new FakeStream();
    private final SpliceEnd hopEnd = SpliceEnd.hold(hop, BUFFER);
    private final SpliceEnd stopEnd = SpliceEnd.hold(stop, BUFFER);
    private int ended;

    @AfterEach
    void leaveNothing() {
        hop.reset(0);
        stop.reset(0);
        hop.channel.checkException();
        stop.channel.checkException();
    }

    @Test
    void bytesCrossBothWays() {
        join(Optional.empty());
        byte[] question = random(700);
        byte[] answer = random(300);
        hop.receive(question);
        stop.receive(answer);
        assertThat(stop.sent()).isEqualTo(question);
        assertThat(hop.sent()).isEqualTo(answer);
    }

    @Test
    void whatCameBeforeTheJoinIsNotLost() {
        hop.receive(new byte[] {1, 2});
        hop.receive(new byte[] {3});
        stop.receive(new byte[] {4});
        join(Optional.empty());
        assertThat(stop.sent()).containsExactly(1, 2, 3);
        assertThat(hop.sent()).containsExactly(4);
    }

    @Test
    void untilTheJoinNothingMoreIsRead() {
        assertThat(hop.reads()).isFalse();
        assertThat(stop.reads()).isFalse();
        join(Optional.empty());
        assertThat(hop.reads()).isTrue();
        assertThat(stop.reads()).isTrue();
    }

    @Test
    void anEndThatGoesBeforeTheJoinEndsTheOther() {
        hop.receive(new byte[] {1, 2});
        hop.end(new CloseReason.Remote(0));
        join(Optional.empty());
        assertThat(stop.closed()).isCompletedWithValue(new CloseReason.Local(0));
        assertThat(ended).isOne();
    }

    // ── back-pressure ──

    @Test
    void readingPausesWhileTheOtherSideTakesNothing() {
        join(Optional.empty());
        stop.takeNothing();
        hop.receive(new byte[BUFFER - 1]);
        assertThat(hop.reads()).isTrue();
        hop.receive(new byte[1]);
        assertThat(hop.reads()).isFalse();
        assertThat(stop.reads()).isTrue();
        stop.takeAll();
        assertThat(hop.reads()).isTrue();
        assertThat(stop.sent()).hasSize(BUFFER);
    }

    @Test
    void whatWasHeldBeforeTheJoinCountsOnce() {
        hop.receive(new byte[BUFFER - 1]);
        stop.takeNothing();
        join(Optional.empty());
        assertThat(hop.reads()).isTrue();
        hop.receive(new byte[1]);
        assertThat(hop.reads()).isFalse();
        stop.takeAll();
    }

    // ── ends ──

    @Test
    void finPassesAfterTheLastByteAndTheOtherDirectionGoesOn() {
        join(Optional.empty());
        hop.receive(new byte[10]);
        hop.peerFinishes();
        assertThat(stop.sent()).hasSize(10);
        assertThat(stop.finished()).isTrue();
        stop.receive(new byte[20]);
        assertThat(hop.sent()).hasSize(20);
        assertThat(ended).isZero();
        stop.peerFinishes();
        assertThat(hop.closed()).isCompletedWithValue(new CloseReason.Finished());
        assertThat(ended).isOne();
    }

    @Test
    void finBeforeTheJoinPassesToo() {
        hop.receive(new byte[10]);
        hop.peerFinishes();
        join(Optional.empty());
        assertThat(stop.sent()).hasSize(10);
        assertThat(stop.finished()).isTrue();
    }

    @Test
    void aResetPassesWithItsCode() {
        join(Optional.empty());
        stop.end(new CloseReason.Remote(0x1234));
        assertThat(hop.closed()).isCompletedWithValue(new CloseReason.Local(0x1234));
        assertThat(ended).isOne();
    }

    @Test
    void aConnectionThatIsLostEndsTheOtherSide() {
        join(Optional.empty());
        hop.end(new CloseReason.TimedOut("keepalive"));
        assertThat(stop.closed()).isCompletedWithValue(new CloseReason.Local(0));
        assertThat(ended).isOne();
    }

    // ── limits ──

    @Test
    void theLastByteThatIsAllowedArrivesAndNotOneMore() {
        join(Optional.of(Samples.limit(60, 100)));
        byte[] sent = random(300);
        hop.receive(Arrays.copyOfRange(sent, 0, 99));
        assertThat(stop.finished()).isFalse();
        hop.receive(Arrays.copyOfRange(sent, 99, 300));
        assertThat(stop.sent()).isEqualTo(Arrays.copyOf(sent, 100));
        assertThat(stop.finished()).isTrue();
        assertThat(hop.stoppedReading).containsExactly(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());
        hop.receive(new byte[5]);
        assertThat(stop.sent()).isEmpty();
    }

    @Test
    void exactlyAllThatIsAllowedIsTheEndToo() {
        join(Optional.of(Samples.limit(60, 100)));
        hop.receive(new byte[100]);
        assertThat(stop.sent()).hasSize(100);
        assertThat(stop.finished()).isTrue();
    }

    @Test
    void eachDirectionHasItsOwnBytes() {
        join(Optional.of(Samples.limit(60, 100)));
        hop.receive(new byte[100]);
        stop.receive(new byte[99]);
        assertThat(hop.sent()).hasSize(99);
        assertThat(hop.finished()).isFalse();
    }

    @Test
    void whatWasHeldBeforeTheJoinIsCounted() {
        hop.receive(new byte[60]);
        join(Optional.of(Samples.limit(60, 100)));
        hop.receive(new byte[60]);
        assertThat(stop.sent()).hasSize(100);
    }

    @Test
    void aCircuitThatHasCarriedItsBytesEndsSoonAlsoWhenItsEndsDoNothing() {
        join(Optional.of(Samples.limit(60, 100)));
        hop.receive(new byte[100]);
        hop.pass(Splice.LAST_BYTES_SECONDS - 1);
        assertThat(stop.closed()).isNotDone();
        hop.pass(1);
        assertThat(stop.closed()).isCompletedWithValue(BY_LIMIT);
        assertThat(hop.closed()).isCompletedWithValue(BY_LIMIT);
        assertThat(ended).isOne();
    }

    @Test
    void theTimeIsOverToTheSecond() {
        join(Optional.of(Samples.limit(120, 100)));
        hop.pass(119);
        assertThat(hop.closed()).isNotDone();
        hop.pass(1);
        assertThat(hop.closed()).isCompletedWithValue(BY_LIMIT);
        assertThat(stop.closed()).isCompletedWithValue(BY_LIMIT);
        assertThat(ended).isOne();
    }

    @Test
    void carryingAllBytesDoesNotBuyTime() {
        join(Optional.of(Samples.limit(120, 100)));
        hop.pass(119);
        hop.receive(new byte[100]);
        hop.pass(1);
        assertThat(hop.closed()).isCompletedWithValue(BY_LIMIT);
    }

    @Test
    void aLimitOfTimeAloneLimitsNoBytes() {
        join(Optional.of(new ConnectionLimit(Optional.of(Duration.ofSeconds(1)), Optional.empty())));
        hop.receive(new byte[100_000]);
        assertThat(stop.sent()).hasSize(100_000);
    }

    private void join(Optional<ConnectionLimit> limit) {
        Splice.join(hopEnd, stopEnd, limit, () -> ended++);
        hop.channel.runPendingTasks();
        stop.channel.runPendingTasks();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
