package io.peerup.testkit.strands;

import io.peerup.swarm.strands.Strands;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** A virtual thread that runs only while it has the turn. */
final class SimStrand<T> implements Strands.Strand<T> {
    private final String name;
    private final SimSchedule schedule;
    private final Semaphore turn = new Semaphore(0);
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile String doing = "is to begin";

    SimStrand(String name, Callable<T> story, SimSchedule schedule) {
        this.name = name;
        this.schedule = schedule;
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(story));
    }

    void start() {
        schedule.begin(this);
        thread.start();
    }

    @Override
    public CompletionStage<T> result() {
        return result.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        thread.interrupt();
        schedule.wake(this);
    }

    /** Completes when the strand has told its result and is gone. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Lets others run until this strand is woken, perhaps for nothing; interruption is for the caller to look at. */
    void pause(String what) {
        doing = what;
        schedule.yieldTurn();
        turn.acquireUninterruptibly();
        doing = "runs";
    }

    void takeTurn() {
        turn.release();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    String describe() {
        return name + " " + doing;
    }

    String stackTrace() {
        return SimSchedule.format(thread.getStackTrace());
    }

    @Override
    public String toString() {
        return "the strand " + name;
    }

    private void run(Callable<T> story) {
        turn.acquireUninterruptibly();
        doing = "runs";
        try {
            result.complete(story.call());
        } catch (InterruptedException cancelled) {
            CancellationException why = new CancellationException(name);
            why.initCause(cancelled);
            result.completeExceptionally(why);
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        } finally {
            schedule.end(this);
            ended.complete(null);
            schedule.yieldTurn();
        }
    }
}
