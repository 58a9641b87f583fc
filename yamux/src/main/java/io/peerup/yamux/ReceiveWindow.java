package io.peerup.yamux;

import io.peerup.swarm.limits.StreamScope;
import io.peerup.wire.ProtocolViolation;

/**
 * How much the peer may send on one stream. Credit is given back when half of the window has been read by the
 * application; if that happens twice within four round trips the window was too small for the path, and doubles as far
 * as the connection's budget allows.
 *
 * <p>Memory is reserved for what can be held: for growth when it is granted, for the initial window, which the peer has
 * without asking, when the application falls behind. That is a few times in the life of a stream, not with every frame.
 */
final class ReceiveWindow {
    private static final int ROUND_TRIPS_PER_UPDATE = 4;

    private final int maxBytes;
    private final WindowBudget budget;
    private long windowBytes = YamuxConfig.INITIAL_WINDOW_BYTES;
    private long creditBytes = windowBytes;
    private long unreadBytes;
    private long lastUpdateNanos;
    private boolean initialIsReserved;

    ReceiveWindow(int maxBytes, WindowBudget budget, long nowNanos) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.lastUpdateNanos = nowNanos;
    }

    /** Charges a payload before a byte of it is taken. */
    void receive(long bytes) throws ProtocolViolation {
        if (bytes > creditBytes) {
            throw new ProtocolViolation(
                    YamuxRule.RECEIVE_WINDOW, bytes + " bytes where the window allows " + creditBytes);
        }
        creditBytes -= bytes;
        unreadBytes += bytes;
    }

    /** The application read. */
    void consumed(long bytes) {
        unreadBytes -= bytes;
    }

    /** The application falls behind; false when there is no memory for what the peer may send. */
    boolean reserve() {
        initialIsReserved = initialIsReserved || budget.reserveInitial();
        return initialIsReserved;
    }

    boolean isUnread() {
        return unreadBytes > 0;
    }

    /** The credit to give back now; 0 while less than half of the window is due. */
    long creditDue(long roundTripNanos, long nowNanos) {
        if (due() < windowBytes / 2) {
            return 0;
        }
        boolean fast = roundTripNanos > 0 && nowNanos - lastUpdateNanos < ROUND_TRIPS_PER_UPDATE * roundTripNanos;
        if (fast) {
            windowBytes += budget.grow(Math.min(windowBytes, maxBytes - windowBytes));
        }
        if (unreadBytes <= StreamScope.UNREAD_BYTES) {
            releaseInitial();
        }
        lastUpdateNanos = nowNanos;
        long delta = due();
        creditBytes += delta;
        return delta;
    }

    /** Nothing is kept any more: returns to the budget what the window took from it. */
    void close() {
        budget.shrink(windowBytes - YamuxConfig.INITIAL_WINDOW_BYTES);
        windowBytes = YamuxConfig.INITIAL_WINDOW_BYTES;
        releaseInitial();
    }

    long windowBytes() {
        return windowBytes;
    }

    private void releaseInitial() {
        if (initialIsReserved) {
            initialIsReserved = false;
            budget.releaseInitial();
        }
    }

    private long due() {
        return windowBytes - creditBytes - unreadBytes;
    }
}
