package io.peerup.yamux.netty;

import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.StreamRefused;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** Whoever waits for a stream until the peer has acknowledged others, in order. */
final class WaitingOpens {
    private final int maxWaiting;
    private final ArrayDeque<CompletableFuture<MuxedStream>> waiting = new ArrayDeque<>();

    WaitingOpens(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Waits, or is refused because too many do. */
    void add(CompletableFuture<MuxedStream> open) {
        if (waiting.size() < maxWaiting) {
            waiting.add(open);
        } else {
            open.completeExceptionally(new StreamRefused(
                    StreamRefused.Cause.TOO_MANY_STREAMS,
                    waiting.size() + " streams wait to be acknowledged by the peer"));
        }
    }

    /** Who has waited longest. */
    CompletableFuture<MuxedStream> next() {
        return waiting.remove();
    }

    /** Nobody needs to wait any more, because {@code why}. */
    void refuseAll(String why) {
        while (!waiting.isEmpty()) {
            refuse(waiting.remove(), why);
        }
    }

    static void refuse(CompletableFuture<MuxedStream> open, String why) {
        open.completeExceptionally(new StreamRefused(StreamRefused.Cause.CONNECTION_CLOSED, why));
    }
}
