package io.peerup.testkit.strands;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. The turn goes from the test's thread to one strand and back, so the methods are never contended,
 * except {@link #wake} when a test breaks the contract and completes a stage elsewhere.
 */
final class SimSchedule {
    /** Real time after which a strand is taken to wait by other means than the seam, or to spin. */
    private static final long HANG_SECONDS = 30;

    /** Negative, as {@code System.nanoTime} may be. */
    private static final long START_NANOS = -60_000_000_000L;

    private final Semaphore testsTurn = new Semaphore(0);
    private final Queue<SimStrand<?>> ready = new ArrayDeque<>();
    private final Queue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::order));
    private final Set<SimStrand<?>> alive = new LinkedHashSet<>();
    private @Nullable SimStrand<?> running;
    private long nowNanos = START_NANOS;
    private long timersMade;

    private record Timer(long atNanos, long order, SimStrand<?> strand) {}

    synchronized long nowNanos() {
        return nowNanos;
    }

    synchronized void moveTo(long atNanos) {
        nowNanos = Math.max(nowNanos, atNanos);
    }

    /** The strand that calls, or null on the test's thread. */
    synchronized @Nullable SimStrand<?> running() {
        return running != null && running.isCurrentThread() ? running : null;
    }

    synchronized void begin(SimStrand<?> strand) {
        alive.add(strand);
        ready.add(strand);
    }

    /** Puts a strand that waits at the end of the queue, once. */
    synchronized void wake(SimStrand<?> strand) {
        if (alive.contains(strand) && !ready.contains(strand)) {
            ready.add(strand);
        }
    }

    synchronized void wakeAt(SimStrand<?> strand, long atNanos) {
        timers.add(new Timer(atNanos, timersMade++, strand));
    }

    synchronized void forgetTimer(SimStrand<?> strand) {
        timers.removeIf(timer -> timer.strand == strand);
    }

    /** Moves the clock to the first timer and wakes its strand; false when there is none until {@code endNanos}. */
    synchronized boolean wakeNext(long endNanos) {
        Timer first = timers.peek();
        if (first == null || first.atNanos > endNanos || first.atNanos == Long.MAX_VALUE) {
            return false;
        }
        timers.remove();
        moveTo(first.atNanos);
        wake(first.strand);
        return true;
    }

    void runUntilIdle() {
        for (SimStrand<?> next = takeReady(); next != null; next = takeReady()) {
            next.takeTurn();
            awaitTestsTurn(next);
        }
    }

    /** Gives the turn back to the test's thread. */
    void yieldTurn() {
        testsTurn.release();
    }

    synchronized void end(SimStrand<?> strand) {
        alive.remove(strand);
        ready.remove(strand);
    }

    /** What every strand that is left does, for a person. */
    synchronized List<String> waiting() {
        return new ArrayList<>(alive).stream().map(SimStrand::describe).toList();
    }

    private synchronized @Nullable SimStrand<?> takeReady() {
        running = ready.poll();
        return running;
    }

    private void awaitTestsTurn(SimStrand<?> strand) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                if (!testsTurn.tryAcquire(HANG_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(
                            strand + " neither ended nor waited through Strands; it is at\n" + strand.stackTrace());
                }
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static String format(StackTraceElement[] trace) {
        return List.of(trace).stream().map(frame -> "    at " + frame).collect(Collectors.joining("\n"));
    }
}
