package io.peerup.swarm.limits;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The scopes that several holders share. One is made for its first holder and dropped with its last, so there are never
 * more than a few for each connection and stream. Everything here and in a scope is touched only inside {@link #locked}.
 */
final class ScopeTable {
    private final ReentrantLock lock = new ReentrantLock();
    final ResourceLimits limits;
    final Scope system;
    final Scope underWay;
    final Arrivals arrivals = new Arrivals();
    private final Map<ScopeName, Scope> shared = new HashMap<>();
    private final Map<ScopeKind, Map<Resource, Long>> refusals = new EnumMap<>(ScopeKind.class);

    ScopeTable(ResourceLimits limits) {
        this.limits = limits;
        this.system = new Scope(new ScopeName(ScopeKind.SYSTEM, ScopeKind.SYSTEM), limits.system());
        this.underWay = new Scope(new ScopeName(ScopeKind.UNDER_WAY, ScopeKind.UNDER_WAY), limits.underWay());
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the scope of this name count a holding, if it has room. */
    Optional<Refusal> enter(Holding holding, ScopeName name, ScopeLimits limitsOfNew) {
        Scope known = shared.get(name);
        Scope scope = known != null ? known : new Scope(name, limitsOfNew);
        Optional<Refusal> refusal = holding.enter(scope);
        if (refusal.isEmpty()) {
            shared.put(name, scope);
        }
        return refusal;
    }

    /** The scope of this kind counts a holding no more. */
    void leave(Holding holding, ScopeKind kind) {
        holding.scope(kind).ifPresent(scope -> leave(holding, scope));
    }

    private void leave(Holding holding, Scope scope) {
        holding.leave(scope);
        if (scope.isDeserted()) {
            shared.remove(scope.name());
        }
    }

    void leaveAll(Holding holding) {
        holding.scopes().forEach(scope -> leave(holding, scope));
    }

    /** What is full is counted; what is over already is nobody's fault. */
    Refusal counted(Refusal refusal) {
        if (refusal.limit() > 0) {
            refusals.computeIfAbsent(refusal.scope(), kind -> new EnumMap<>(Resource.class))
                    .merge(refusal.resource(), 1L, Long::sum);
        }
        return refusal;
    }

    Map<ScopeKind, Map<Resource, Long>> refusals() {
        Map<ScopeKind, Map<Resource, Long>> copy = new EnumMap<>(ScopeKind.class);
        refusals.forEach((kind, counts) -> copy.put(kind, Map.copyOf(counts)));
        return copy;
    }

    int sharedScopes() {
        return shared.size();
    }
}
