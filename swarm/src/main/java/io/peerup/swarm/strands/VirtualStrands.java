package io.peerup.swarm.strands;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Strands on virtual threads and the real clock. */
public final class VirtualStrands implements Strands {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public StrandScope open(String name) {
        return new VirtualScope(name);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        Thread.sleep(pause);
    }

    @Override
    public <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        return onStrand(stage).get();
    }

    @Override
    public <T> T await(CompletionStage<T> stage, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        return onStrand(stage).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static <T> CompletableFuture<T> onStrand(CompletionStage<T> stage) {
        if (!Thread.currentThread().isVirtual() && Thread.currentThread() instanceof FastThreadLocalThread) {
            throw new IllegalStateException("an event loop must not wait");
        }
        return stage.toCompletableFuture();
    }

    private static final class VirtualScope implements StrandScope {
        private final String name;
        private final Set<VirtualStrand<?>> running = ConcurrentHashMap.newKeySet();
        private final ReentrantLock starting = new ReentrantLock();
        private boolean closed;

        VirtualScope(String name) {
            this.name = name;
        }

        @Override
        public <T> Strand<T> fork(String strandName, Callable<T> story) {
            VirtualStrand<T> strand = new VirtualStrand<>(story, name + "/" + strandName, running::remove);
            starting.lock();
            try {
                if (closed) {
                    throw new IllegalStateException("the scope " + name + " is closed");
                }
                running.add(strand);
                strand.thread.start();
                return strand;
            } finally {
                starting.unlock();
            }
        }

        @Override
        public void close() {
            starting.lock();
            try {
                closed = true;
            } finally {
                starting.unlock();
            }
            boolean interrupted = false;
            for (VirtualStrand<?> strand : running) {
                strand.cancel();
            }
            for (VirtualStrand<?> strand : running) {
                if (strand.thread == Thread.currentThread()) {
                    continue;
                }
                interrupted |= joinUninterruptibly(strand.thread);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private static boolean joinUninterruptibly(Thread thread) {
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    return interrupted;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
    }

    private static final class VirtualStrand<T> implements Strand<T> {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final Thread thread;

        VirtualStrand(Callable<T> story, String name, Consumer<VirtualStrand<?>> ended) {
            this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(story, ended));
        }

        private void run(Callable<T> story, Consumer<VirtualStrand<?>> ended) {
            try {
                T value = story.call();
                ended.accept(this);
                result.complete(value);
            } catch (InterruptedException cancelled) {
                ended.accept(this);
                CancellationException why = new CancellationException(thread.getName());
                why.initCause(cancelled);
                result.completeExceptionally(why);
            } catch (Throwable failure) {
                ended.accept(this);
                result.completeExceptionally(failure);
            }
        }

        @Override
        public CompletionStage<T> result() {
            return result.minimalCompletionStage();
        }

        @Override
        public void cancel() {
            thread.interrupt();
        }
    }
}
