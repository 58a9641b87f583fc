package io.peerup.node.api;

/**
 * What to ping.
 *
 * @param peer a peer ID or a name of the configuration
 * @param count how many times; 0 for as long as the caller wants
 * @param intervalMs milliseconds from one to the next, 1 to {@link #MAX_INTERVAL_MS}
 */
public record PingRequest(String peer, int count, int intervalMs) {
    /** One hour. */
    public static final int MAX_INTERVAL_MS = 3_600_000;

    /** Rejects what cannot be done. */
    public PingRequest {
        if (peer.isEmpty() || count < 0 || intervalMs < 1 || intervalMs > MAX_INTERVAL_MS) {
            throw new IllegalArgumentException("cannot ping \"" + peer + "\" " + count + " times, each " + intervalMs);
        }
    }
}
