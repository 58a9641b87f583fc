package io.peerup.node.api.server.calls;

import java.util.concurrent.CompletionStage;

/**
 * Where the answer to one request goes: either {@link #whole}, or {@link #open}, lines and {@link #end}. For any
 * thread, one at a time. What comes after the client has gone is dropped.
 */
public interface Reply {
    /** Answers. Completes when the client's socket has taken it, exceptionally when the client has gone. */
    CompletionStage<?> whole(Answer answer);

    /** Begins an answer of lines of JSON. */
    void open();

    /** Sends a line, which brings its own end. Completes as {@link #whole} does. */
    CompletionStage<?> line(String line);

    /** Whether the client reads as fast as we write. */
    boolean keepsUp();

    /** Ends the lines. */
    void end();
}
