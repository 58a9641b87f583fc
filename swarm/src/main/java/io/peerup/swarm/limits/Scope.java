package io.peerup.swarm.limits;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What one scope holds now: never negative, never more than its limit. Guarded by the lock of the table. */
final class Scope {
    private final ScopeName name;
    private final ScopeLimits limits;
    private final long[] used = new long[Holding.RESOURCES.length];
    private int holders;

    Scope(ScopeName name, ScopeLimits limits) {
        this.name = name;
        this.limits = limits;
    }

    ScopeName name() {
        return name;
    }

    /** Why this much more does not fit, if it does not. */
    Optional<Refusal> obstacle(Resource resource, long amount) {
        long limit = limits.of(resource);
        return amount > limit - used(resource)
                ? Optional.of(new Refusal(name.kind(), resource, limit))
                : Optional.empty();
    }

    void add(Resource resource, long amount) {
        used[resource.slot] += amount;
    }

    long used(Resource resource) {
        return used[resource.slot];
    }

    Map<Resource, Long> snapshot() {
        Map<Resource, Long> all = new EnumMap<>(Resource.class);
        for (Resource resource : Holding.RESOURCES) {
            all.put(resource, used(resource));
        }
        return all;
    }

    void entered() {
        holders++;
    }

    void left() {
        holders--;
    }

    boolean isDeserted() {
        return holders == 0;
    }
}
