package io.peerup.benchmarks.peer;

import com.google.gson.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Something done many times by several workers, each beginning anew when it is done. */
final class Repeated {
    private static final long PATIENCE_SECONDS = 120;

    private final AtomicInteger left;
    private final IntFunction<CompletionStage<Void>> once;

    private Repeated(int times, IntFunction<CompletionStage<Void>> once) {
        this.left = new AtomicInteger(times);
        this.once = once;
    }

    /** Waits until all is done; the answer is go-peer's. */
    static JsonObject run(int times, int workers, IntFunction<CompletionStage<Void>> once) throws Exception {
        Repeated repeated = new Repeated(times, once);
        long began = System.nanoTime();
        CompletableFuture.allOf(
                        IntStream.range(0, workers).mapToObj(repeated::work).toArray(CompletableFuture<?>[]::new))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - began) / 1e9;
        JsonObject answer = new JsonObject();
        answer.addProperty("n", times);
        answer.addProperty("seconds", seconds);
        answer.addProperty("perSecond", times / seconds);
        return answer;
    }

    private CompletableFuture<Void> work(int worker) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        next(worker, done);
        return done;
    }

    private void next(int worker, CompletableFuture<Void> done) {
        if (left.getAndDecrement() <= 0) {
            done.complete(null);
            return;
        }
        once.apply(worker).whenComplete((nothing, failure) -> {
            if (failure != null) {
                left.set(0);
                done.completeExceptionally(failure);
            } else {
                next(worker, done);
            }
        });
    }
}
