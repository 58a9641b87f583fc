package io.peerup.swarm.limits;

/** Memory that is asked for before it is used. Called from any thread; answers at once. */
public interface MemoryBudget {
    /** Takes all of {@code bytes}, at least 0, or nothing and says no. */
    boolean reserve(long bytes);

    /** Gives back some of what was reserved; does nothing when all was given back at the end of the scope. */
    void release(long bytes);

    /** A budget that never ends. */
    static MemoryBudget unlimited() {
        return new MemoryBudget() {
            @Override
            public boolean reserve(long bytes) {
                return true;
            }

            @Override
            public void release(long bytes) {}
        };
    }
}
