package io.peerup.testkit.streams;

import io.peerup.swarm.limits.MemoryBudget;

/** A budget that the test may tighten, and that knows how it was used. For one thread. */
public final class CountedMemory implements MemoryBudget {
    private long limitBytes = Long.MAX_VALUE;
    private long heldBytes;
    private int calls;

    /** From now on no more than this is given. */
    public void limit(long bytes) {
        limitBytes = bytes;
    }

    /** What is reserved and not released. */
    public long heldBytes() {
        return heldBytes;
    }

    /** How often it was asked for something or given something back. */
    public int calls() {
        return calls;
    }

    @Override
    public boolean reserve(long bytes) {
        calls++;
        if (bytes > limitBytes - heldBytes) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    @Override
    public void release(long bytes) {
        calls++;
        heldBytes -= bytes;
        if (heldBytes < 0) {
            throw new AssertionError("more was released than reserved");
        }
    }
}
