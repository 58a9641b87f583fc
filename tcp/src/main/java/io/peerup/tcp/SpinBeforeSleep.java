package io.peerup.tcp;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where the last wait for events was short, looks for them again and again for some microseconds before the thread sleeps:
 * waking it takes longer than many an answer on a local network. Who waits long sleeps at once, so an idle process never
 * spins. Between two looks the processor is offered to whoever else wants it.
 */
final class SpinBeforeSleep implements SelectStrategy {
    /** The next wait may spin when this one, waking and work included, took no longer. In nanoseconds. */
    static final long SHORT_NANOS = 100_000;

    private static final String MICROS = "io.peerup.tcp.spinMicros";

    private static final int LOOK_AT_TASKS_AND_ASK_AGAIN = 0;

    private final long spinNanos;
    private final LongSupplier nanoClock;
    private boolean lastWaitWasShort;
    private boolean spinning;
    private boolean sleeping;
    private long sinceNanos;

    /**
     * For one event loop, on whose thread it is used.
     *
     * @param spinNanos how long one wait may spin
     * @param nanoClock monotonic
     */
    SpinBeforeSleep(long spinNanos, LongSupplier nanoClock) {
        this.spinNanos = spinNanos;
        this.nanoClock = nanoClock;
    }

    /** For every loop of this process, unless it has one processor only or the property {@value #MICROS} is 0. */
    static SelectStrategyFactory orNot() {
        long spinNanos = TimeUnit.MICROSECONDS.toNanos(Integer.getInteger(MICROS, 50));
        return spinNanos <= 0 || Runtime.getRuntime().availableProcessors() == 1
                ? DefaultSelectStrategyFactory.INSTANCE
                : () -> new SpinBeforeSleep(spinNanos, System::nanoTime);
    }

    @Override
    public int calculateStrategy(IntSupplier eventsNow, boolean hasTasks) throws Exception {
        if (sleeping) {
            sleeping = false;
            lastWaitWasShort = waitedNanos() <= SHORT_NANOS;
        }
        if (hasTasks) {
            spinning = false;
            return eventsNow.get();
        }
        if (!spinning) {
            sinceNanos = nanoClock.getAsLong();
        }
        return lastWaitWasShort ? spin(eventsNow) : sleep();
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted
    private int spin(IntSupplier eventsNow) throws Exception {
        int events = eventsNow.get();
        if (events > 0) {
            spinning = false;
            return events;
        }
        if (waitedNanos() >= spinNanos) {
            return sleep();
        }
        spinning = true;
        Thread.yield();
        return LOOK_AT_TASKS_AND_ASK_AGAIN;
    }

    private int sleep() {
        spinning = false;
        sleeping = true;
        return SelectStrategy.SELECT;
    }

    private long waitedNanos() {
        return nanoClock.getAsLong() - sinceNanos;
    }
}
