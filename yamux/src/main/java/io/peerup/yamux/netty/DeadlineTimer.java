package io.peerup.yamux.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a task at a deadline that moves. One that moves away costs nothing: the task runs early and sets it anew. */
final class DeadlineTimer {
    private final EventLoop loop;
    private final LongSupplier nanoClock;
    private final Runnable task;
    private @Nullable Future<?> scheduled;
    private long scheduledNanos;

    DeadlineTimer(EventLoop loop, LongSupplier nanoClock, Runnable task) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.task = task;
    }

    /** Runs the task at this time or before it. */
    void arm(long deadlineNanos) {
        if (scheduled != null && scheduledNanos - deadlineNanos <= 0 && !scheduled.isDone()) {
            return;
        }
        cancel();
        scheduledNanos = deadlineNanos;
        long delay = Math.max(0, deadlineNanos - nanoClock.getAsLong());
        scheduled = loop.schedule(this::run, delay, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }

    private void run() {
        scheduled = null;
        task.run();
    }
}
