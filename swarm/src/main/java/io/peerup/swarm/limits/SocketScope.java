package io.peerup.swarm.limits;

/** A socket that is no connection to a peer, until it is closed. May be closed from any thread, and twice. */
public final class SocketScope implements AutoCloseable {
    private final ScopeTable table;
    private final Holding holding;

    SocketScope(ScopeTable table, Holding holding) {
        this.table = table;
        this.holding = holding;
    }

    /** Gives the file descriptor back, once. */
    @Override
    public void close() {
        table.locked(() -> {
            table.leaveAll(holding);
            return holding;
        });
    }
}
