package io.peerup.yamux;

import io.peerup.swarm.limits.MemoryBudget;

/** What the receive windows of one connection may cost: what they grow by together, and memory. */
final class WindowBudget {
    private final MemoryBudget memory;
    private long growthLeftBytes;

    WindowBudget(long growthBytes, MemoryBudget memory) {
        this.growthLeftBytes = growthBytes;
        this.memory = memory;
    }

    /** Takes all of {@code bytes} for a window that grows, or nothing. */
    long grow(long bytes) {
        if (bytes == 0 || bytes > growthLeftBytes || !memory.reserve(bytes)) {
            return 0;
        }
        growthLeftBytes -= bytes;
        return bytes;
    }

    /** What a window had grown by. */
    void shrink(long bytes) {
        if (bytes > 0) {
            growthLeftBytes += bytes;
            memory.release(bytes);
        }
    }

    /** Takes an initial window or nothing. */
    boolean reserveInitial() {
        return memory.reserve(YamuxConfig.INITIAL_WINDOW_BYTES);
    }

    void releaseInitial() {
        memory.release(YamuxConfig.INITIAL_WINDOW_BYTES);
    }
}
