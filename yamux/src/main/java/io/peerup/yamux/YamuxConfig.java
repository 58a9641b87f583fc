package io.peerup.yamux;

import java.time.Duration;

/**
 * How much a yamux session may hold and how long it waits.
 *
 * @param maxReceiveWindowBytes up to which the window of one stream grows when the application keeps up; at least
 *     {@value #INITIAL_WINDOW_BYTES}; default 16 MiB, as go-libp2p
 * @param receiveBudgetBytes what all windows of a connection may grow by together; default 64 MiB
 * @param maxDataBytes payload of a data frame we send; default 65,507, which fills a Noise message with its header
 * @param ackBacklog streams of ours that the peer has not acknowledged yet; further ones wait; default 256
 * @param maxWaitingOpens how many may wait; default 4096
 * @param maxInboundStreams streams of the peer that are open at once; more are reset; default 4096
 * @param maxUnsentReplies frames that wait for the peer to read; an honest peer never lets it come to this; default
 *     8192
 * @param keepAlive between two pings, which also measure the round trip; default 30 s
 * @param pingTimeout without any sign of life after a ping; default 10 s
 */
public record YamuxConfig(
        int maxReceiveWindowBytes,
        long receiveBudgetBytes,
        int maxDataBytes,
        int ackBacklog,
        int maxWaitingOpens,
        int maxInboundStreams,
        int maxUnsentReplies,
        Duration keepAlive,
        Duration pingTimeout) {
    /** What both sides start with; not negotiable. */
    public static final int INITIAL_WINDOW_BYTES = 256 << 10;

    /** Rejects nonsense. */
    public YamuxConfig {
        if (maxReceiveWindowBytes < INITIAL_WINDOW_BYTES) {
            throw new IllegalArgumentException("maxReceiveWindowBytes must be at least " + INITIAL_WINDOW_BYTES);
        }
        if (receiveBudgetBytes < 0 || maxDataBytes < 1 || ackBacklog < 1 || maxWaitingOpens < 0) {
            throw new IllegalArgumentException("a bound is out of range");
        }
        if (maxInboundStreams < 1 || maxUnsentReplies < 1) {
            throw new IllegalArgumentException("a bound is out of range");
        }
        if (!keepAlive.isPositive() || !pingTimeout.isPositive()) {
            throw new IllegalArgumentException("keepAlive and pingTimeout must be positive");
        }
    }

    /** The defaults named above. */
    public static YamuxConfig defaults() {
        return new YamuxConfig(
                16 << 20, 64L << 20, 65_507, 256, 4096, 4096, 8192, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** The same with another bound on the peer's streams. */
    public YamuxConfig withMaxInboundStreams(int streams) {
        return new YamuxConfig(
                maxReceiveWindowBytes,
                receiveBudgetBytes,
                maxDataBytes,
                ackBacklog,
                maxWaitingOpens,
                streams,
                maxUnsentReplies,
                keepAlive,
                pingTimeout);
    }
}
