package io.peerup.node.proxy;

import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import java.util.concurrent.CompletionStage;

/** Opens streams to one service of one peer, dialing when there is no connection. */
public interface StreamOpener {
    /**
     * One attempt. Completes when {@code attachment} has been told; fails with {@link ServiceDenied} when trying again
     * would not help, with anything else when it might. May be called from any thread and does not wait.
     */
    CompletionStage<?> open(Attachment attachment);

    /** What becomes of the stream. */
    @FunctionalInterface
    interface Attachment {
        /** Called at most once, on the event loop of the connection, before the first byte is delivered. */
        void attach(MuxedStream stream, Connection connection);
    }
}
