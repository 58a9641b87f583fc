package io.peerup.swarm.limits;

import java.util.Optional;

/**
 * What something that is open holds, until it is closed. Methods may be called from any thread; whatever comes after the
 * close is refused, and another close does nothing.
 */
abstract sealed class OpenScope implements MemoryBudget, AutoCloseable permits ConnectionScope, StreamScope {
    final ScopeTable table;
    final Holding holding;
    private final ScopeKind kind;
    private boolean closed;

    OpenScope(ScopeTable table, Holding holding, ScopeKind kind) {
        this.table = table;
        this.holding = holding;
        this.kind = kind;
    }

    @Override
    public final boolean reserve(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("less than nothing is reserved");
        }
        return table.locked(() -> over(Resource.MEMORY_BYTES)
                .or(() -> holding.take(Resource.MEMORY_BYTES, bytes).map(table::counted))
                .isEmpty());
    }

    @Override
    public final void release(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("less than nothing is released");
        }
        table.locked(() -> {
            if (!closed) {
                holding.giveBack(Resource.MEMORY_BYTES, bytes);
            }
            return closed;
        });
    }

    /** Gives everything back, once. */
    @Override
    public final void close() {
        table.locked(() -> {
            if (!closed) {
                closed = true;
                table.leaveAll(holding);
            }
            return closed;
        });
    }

    final boolean isOver() {
        return closed;
    }

    /** The refusal of whoever comes too late. */
    final Optional<Refusal> over(Resource resource) {
        return closed ? Optional.of(new Refusal(kind, resource, 0)) : Optional.empty();
    }
}
