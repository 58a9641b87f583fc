package io.peerup.yamux;

/** What the receive windows of one connection may grow by together. */
final class WindowBudget {
    private long leftBytes;

    WindowBudget(long bytes) {
        this.leftBytes = bytes;
    }

    /** Takes all of {@code bytes} or nothing. */
    long take(long bytes) {
        if (bytes > leftBytes) {
            return 0;
        }
        leftBytes -= bytes;
        return bytes;
    }

    void giveBack(long bytes) {
        leftBytes += bytes;
    }

    long leftBytes() {
        return leftBytes;
    }
}
