package io.peerup.identify.service;

import io.peerup.swarm.Connection;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The story of telling everybody: changes that come together are told together, to a bounded number at once. */
final class Pushes {
    /** Changes within this time are one change. */
    static final Duration DELAY = Duration.ofMillis(100);

    /** Pushes under way, as go-libp2p. */
    static final int CONCURRENCY = 32;

    /** For one push. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    private final Strands strands;
    private final Supplier<List<Connection>> due;
    private final Function<Connection, CompletionStage<Void>> push;
    private final AtomicReference<CompletableFuture<Void>> change = new AtomicReference<>(new CompletableFuture<>());

    /**
     * Pushes that are yet to be run.
     *
     * @param due the connections over which our latest state was not told
     * @param push tells it; completes when it is on its way
     */
    Pushes(Strands strands, Supplier<List<Connection>> due, Function<Connection, CompletionStage<Void>> push) {
        this.strands = strands;
        this.due = due;
        this.push = push;
    }

    /** Something changed; from any thread. */
    void soon() {
        change.get().complete(null);
    }

    /** The story, until it is cancelled. */
    Void run() throws InterruptedException {
        while (true) {
            awaitChange();
            strands.sleep(DELAY);
            // Before looking who is due: a change from now on is a reason to look again.
            change.set(new CompletableFuture<>());
            tellAll(new ConcurrentLinkedQueue<>(due.get()));
        }
    }

    private void awaitChange() throws InterruptedException {
        try {
            strands.await(change.get());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a change does not fail", impossible);
        }
    }

    private void tellAll(Queue<Connection> listeners) throws InterruptedException {
        try (StrandScope scope = strands.open("pushes")) {
            List<Strand<Void>> workers = new ArrayList<>();
            int wanted = Math.min(CONCURRENCY, listeners.size());
            for (int i = 0; i < wanted; i++) {
                workers.add(scope.fork("worker", () -> tellOneByOne(listeners)));
            }
            for (Strand<Void> worker : workers) {
                strands.await(worker.result());
            }
        } catch (ExecutionException bug) {
            LOG.error("a push failed unexpectedly", bug.getCause());
        }
    }

    private Void tellOneByOne(Queue<Connection> listeners) throws InterruptedException {
        for (Connection next = listeners.poll(); next != null; next = listeners.poll()) {
            try {
                strands.await(push.apply(next), PATIENCE);
            } catch (ExecutionException refused) {
                LOG.debug("{} takes no push: {}", next, OneLine.of(refused));
            } catch (TimeoutException tooLong) {
                LOG.debug("{} took no push within {} s", next, PATIENCE.toSeconds());
            }
        }
        return null;
    }
}
