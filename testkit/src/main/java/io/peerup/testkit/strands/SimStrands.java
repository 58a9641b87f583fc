package io.peerup.testkit.strands;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.peerup.swarm.strands.Strands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Strands in simulated time: real virtual threads of which one runs at a time, in the order in which they became
 * ready, and a clock that stands still until the test moves it. The same calls give the same order, every time.
 *
 * <p>One thread, the test's, drives the simulation. What it does between two calls takes no time and lets no strand
 * run. When it waits itself, by {@link #sleep}, {@link #await} or closing a scope, the clock moves as far as that
 * takes; a wait that nothing could end fails, naming what every strand waits for. Stages are to be completed by strands
 * or by the test, not by threads of their own.
 */
public final class SimStrands implements Strands {
    private static final long NEVER = Long.MAX_VALUE;

    private final SimSchedule schedule = new SimSchedule();

    /** Lets every strand run until all of them wait. Time stands still. */
    public void runUntilIdle() {
        requireTest();
        schedule.runUntilIdle();
    }

    /** Moves the clock, stopping wherever a strand is due; afterwards every strand waits for something later. */
    public void advance(Duration time) {
        requireTest();
        long end = schedule.nowNanos() + time.toNanos();
        schedule.runUntilIdle();
        while (schedule.wakeNext(end)) {
            schedule.runUntilIdle();
        }
        schedule.moveTo(end);
    }

    @Override
    public long nanoTime() {
        return schedule.nowNanos();
    }

    @Override
    public StrandScope open(String name) {
        return new SimScope(name, this, schedule);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        throwIfInterrupted();
        SimStrand<?> strand = schedule.running();
        if (strand == null) {
            advance(pause);
        } else {
            waitOnStrand(strand, () -> false, schedule.nowNanos() + pause.toNanos(), "sleeps");
        }
    }

    @Override
    public <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        CompletableFuture<T> result = stage.toCompletableFuture();
        await(result, NEVER);
        return result.get();
    }

    @Override
    public <T> T await(CompletionStage<T> stage, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<T> result = stage.toCompletableFuture();
        if (!await(result, schedule.nowNanos() + patience.toNanos())) {
            throw new TimeoutException();
        }
        return result.get();
    }

    private boolean await(CompletableFuture<?> result, long untilNanos) throws InterruptedException {
        if (Thread.currentThread() instanceof FastThreadLocalThread) {
            throw new IllegalStateException("an event loop must not wait");
        }
        if (result.isDone()) {
            return true;
        }
        throwIfInterrupted();
        SimStrand<?> strand = schedule.running();
        if (strand == null) {
            return driveUntil(result::isDone, untilNanos);
        }
        result.whenComplete((value, failure) -> schedule.wake(strand));
        return waitOnStrand(strand, result::isDone, untilNanos, "awaits a result");
    }

    /** Waits for the end of strands that were cancelled; what interrupts the waiter is kept for later. */
    void join(List<SimStrand<?>> cancelled) {
        SimStrand<?> strand = schedule.running();
        CompletableFuture<Void> ended =
                CompletableFuture.allOf(cancelled.stream().map(SimStrand::ended).toArray(CompletableFuture<?>[]::new));
        if (strand == null) {
            driveUntil(ended::isDone, NEVER);
            return;
        }
        ended.whenComplete((value, failure) -> schedule.wake(strand));
        boolean interrupted = false;
        while (!ended.isDone()) {
            strand.pause("closes a scope");
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether {@code done}, as opposed to the time having come first. */
    private boolean waitOnStrand(SimStrand<?> strand, BooleanSupplier done, long untilNanos, String doing)
            throws InterruptedException {
        schedule.wakeAt(strand, untilNanos);
        try {
            while (!done.getAsBoolean() && schedule.nowNanos() < untilNanos) {
                strand.pause(doing);
                throwIfInterrupted();
            }
            return done.getAsBoolean();
        } finally {
            schedule.forgetTimer(strand);
        }
    }

    /** The same on the test's thread, which runs the others meanwhile. */
    private boolean driveUntil(BooleanSupplier done, long untilNanos) {
        schedule.runUntilIdle();
        while (!done.getAsBoolean()) {
            if (!schedule.wakeNext(untilNanos)) {
                if (untilNanos == NEVER) {
                    throw new IllegalStateException("nothing that is left would end this wait: " + schedule.waiting());
                }
                schedule.moveTo(untilNanos);
                return false;
            }
            schedule.runUntilIdle();
        }
        return true;
    }

    private void requireTest() {
        @Nullable SimStrand<?> strand = schedule.running();
        if (strand != null) {
            throw new IllegalStateException(strand + " cannot move the clock, only the test can");
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
