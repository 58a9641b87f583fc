package io.peerup.node.api.server.netty;

import io.peerup.swarm.strands.Strands;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Strands that run when the test says so, on its thread. */
final class WaitingStrands implements Strands {
    private final Queue<Callable<?>> stories = new ArrayDeque<>();
    int cancelled;

    void runNext() throws Exception {
        stories.remove().call();
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public StrandScope open(String name) {
        return new StrandScope() {
            @Override
            public <T> Strand<T> fork(String strand, Callable<T> story) {
                stories.add(story);
                return new Strand<>() {
                    @Override
                    public CompletionStage<T> result() {
                        return new CompletableFuture<>();
                    }

                    @Override
                    public void cancel() {
                        cancelled++;
                    }
                };
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void sleep(Duration pause) {}

    @Override
    public <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        return stage.toCompletableFuture().get();
    }

    @Override
    public <T> T await(CompletionStage<T> stage, Duration patience) throws ExecutionException, InterruptedException {
        return await(stage);
    }
}
