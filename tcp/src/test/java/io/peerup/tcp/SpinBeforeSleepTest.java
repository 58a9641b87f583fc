package io.peerup.tcp;

import static io.netty.channel.SelectStrategy.SELECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loop, its clock and what is ready, moved by hand. */
class SpinBeforeSleepTest {
    private static final long SPIN_NANOS = 50_000;
    private static final int AGAIN = 0;

    private long nowNanos = 1;
    private int ready;
    private int looks;
    private SpinBeforeSleep strategy;

    @BeforeEach
    void setUp() {
        strategy = new SpinBeforeSleep(SPIN_NANOS, () -> nowNanos);
    }

    @Test
    void whoHasNeverWaitedSleepsAtOnceAndDoesNotEvenLook() throws Exception {
        assertThat(decide()).isEqualTo(SELECT);
        assertThat(looks).isZero();
    }

    @Test
    void aShortWaitMakesTheNextOneSpinUntilSomethingIsReady() throws Exception {
        sleptFor(SpinBeforeSleep.SHORT_NANOS);
        assertThat(decide()).isEqualTo(AGAIN);
        nowNanos += SPIN_NANOS - 1;
        assertThat(decide()).isEqualTo(AGAIN);
        ready = 3;
        assertThat(decide()).isEqualTo(3);
    }

    @Test
    void whoFindsSomethingSpinsAnewForTheNextWait() throws Exception {
        sleptFor(1);
        for (int wait = 0; wait < 10; wait++) {
            ready = 0;
            assertThat(decide()).isEqualTo(AGAIN);
            nowNanos += SPIN_NANOS - 1;
            ready = 1;
            assertThat(decide()).isEqualTo(1);
        }
    }

    @Test
    void aSpinInVainEndsInSleep() throws Exception {
        sleptFor(1);
        assertThat(decide()).isEqualTo(AGAIN);
        nowNanos += SPIN_NANOS;
        assertThat(decide()).isEqualTo(SELECT);
    }

    @Test
    void aLongWaitMakesTheNextOneSleepAtOnce() throws Exception {
        sleptFor(1);
        assertThat(decide()).isEqualTo(AGAIN);
        nowNanos += SPIN_NANOS;
        sleptFor(SpinBeforeSleep.SHORT_NANOS);
        looks = 0;
        assertThat(decide()).isEqualTo(SELECT);
        assertThat(looks).isZero();
    }

    @Test
    void tasksAreNeverWaitedFor() throws Exception {
        assertThat(strategy.calculateStrategy(this::look, true)).isEqualTo(AGAIN);
        ready = 2;
        assertThat(strategy.calculateStrategy(this::look, true)).isEqualTo(2);
    }

    private void sleptFor(long nanos) throws Exception {
        assertThat(decide()).isEqualTo(SELECT);
        nowNanos += nanos;
    }

    private int decide() throws Exception {
        return strategy.calculateStrategy(this::look, false);
    }

    private int look() {
        looks++;
        return ready;
    }
}
