package io.peerup.yamux;

import java.util.OptionalLong;

/**
 * Pings: one at the start, one each interval, never more than one outstanding. They measure the round trip, and tell a
 * dead peer from a quiet one: whatever arrives counts as a sign of life, so that an answer stuck behind bulk data does
 * not end the session.
 */
final class KeepAlive {
    private final long intervalNanos;
    private final long timeoutNanos;
    private long nextPingNanos;
    private long lastSignNanos;
    private long sentNanos;
    private long opaque;
    private boolean outstanding;
    private long roundTripNanos;

    KeepAlive(YamuxConfig config, long nowNanos) {
        this.intervalNanos = config.keepAlive().toNanos();
        this.timeoutNanos = config.pingTimeout().toNanos();
        this.nextPingNanos = nowNanos;
        this.lastSignNanos = nowNanos;
    }

    void heard(long nowNanos) {
        lastSignNanos = nowNanos;
    }

    /** An answer; one that was not asked for is ignored. */
    void answered(long value, long nowNanos) {
        if (outstanding && value == opaque) {
            outstanding = false;
            roundTripNanos = Math.max(1, nowNanos - sentNanos);
        }
    }

    /** The ping that is due, if one is. */
    OptionalLong duePing(long nowNanos) {
        if (outstanding || nowNanos - nextPingNanos < 0) {
            return OptionalLong.empty();
        }
        outstanding = true;
        sentNanos = nowNanos;
        nextPingNanos = nowNanos + intervalNanos;
        opaque = (opaque + 1) & 0xffff_ffffL;
        return OptionalLong.of(opaque);
    }

    boolean isDead(long nowNanos) {
        return outstanding && nowNanos - deathNanos() >= 0;
    }

    long deadlineNanos() {
        return outstanding ? deathNanos() : nextPingNanos;
    }

    /** 0 until one was measured. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    private long deathNanos() {
        return (lastSignNanos - sentNanos > 0 ? lastSignNanos : sentNanos) + timeoutNanos;
    }
}
