package io.peerup.swarm.strands;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The seam through which stories wait. {@link VirtualStrands} is the real one; the testkit has a simulated twin with
 * a clock that only the test moves.
 *
 * <p>Rule of thumb: events make a session, a story makes a strand.
 */
public interface Strands {
    /** Monotonic time; only differences mean something. */
    long nanoTime();

    /**
     * Opens a scope for strands that must not outlive the block that opened it.
     *
     * @param name for thread names and logs
     */
    StrandScope open(String name);

    /** Lets time pass. */
    void sleep(Duration pause) throws InterruptedException;

    /**
     * Waits for a result; never on an event loop.
     *
     * @throws ExecutionException with the stage's failure as its cause
     */
    <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException;

    /** As {@link #await(CompletionStage)}, for at most {@code patience}. */
    <T> T await(CompletionStage<T> stage, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** A set of strands with one owner: closing it cancels those still running and waits for their end. */
    interface StrandScope extends AutoCloseable {
        /** Starts a strand. Fails with {@link IllegalStateException} once the scope is closed. */
        <T> Strand<T> fork(String name, Callable<T> story);

        /** Cancels what still runs and waits until it has ended. Safe to call twice. */
        @Override
        void close();
    }

    /** One story under way. */
    interface Strand<T> {
        /**
         * Completes with what the story returned or threw; a cancelled one fails with CancellationException. Stages wrap failures;
         * {@link #isCancellation} looks inside.
         */
        CompletionStage<T> result();

        /** Whether what a stage that depends on a result was given means that the strand was cancelled. */
        static boolean isCancellation(@Nullable Throwable failure) {
            return failure instanceof CancellationException
                    || (failure instanceof CompletionException && failure.getCause() instanceof CancellationException);
        }

        /** Interrupts the story. It ends by releasing what it holds. */
        void cancel();
    }
}
