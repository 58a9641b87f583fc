package io.peerup.yamux;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Whose turn it is to send: round robin over the streams that have both bytes and credit. */
final class SendOrder {
    private final ArrayDeque<StreamState> turns = new ArrayDeque<>();

    /** Queues the stream if it can send and is not queued yet. */
    void consider(StreamState stream) {
        if (stream.canSend() && !stream.inSendOrder) {
            stream.inSendOrder = true;
            turns.add(stream);
        }
    }

    /** Takes the next stream that still can; null when nobody can. */
    @Nullable
    StreamState next() {
        for (StreamState stream = turns.poll(); stream != null; stream = turns.poll()) {
            stream.inSendOrder = false;
            if (stream.canSend()) {
                return stream;
            }
        }
        return null;
    }
}
