package io.peerup.testkit.strands;

import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.VirtualStrands;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Real strands, whose clock a test can move on. Who sleeps meanwhile sleeps as long as before. From any thread. */
public final class MovableClock implements Strands {
    private final Strands real = new VirtualStrands();
    private final AtomicLong aheadNanos = new AtomicLong();

    /** Whoever asks for the time from now on is told one that is later by this. */
    public void moveOn(Duration time) {
        aheadNanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanoTime() {
        return real.nanoTime() + aheadNanos.get();
    }

    @Override
    public StrandScope open(String name) {
        return real.open(name);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        real.sleep(pause);
    }

    @Override
    public <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        return real.await(stage);
    }

    @Override
    public <T> T await(CompletionStage<T> stage, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        return real.await(stage, patience);
    }
}
