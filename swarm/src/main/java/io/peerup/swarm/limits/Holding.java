package io.peerup.swarm.limits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one connection or stream holds, and the scopes that count it: each of them counts all of it. Guarded by the lock
 * of the table.
 */
final class Holding {
    static final Resource[] RESOURCES = Arrays.stream(Resource.values())
            .filter(resource -> resource.slot >= 0)
            .toArray(Resource[]::new);

    private final long[] amounts = new long[RESOURCES.length];
    private final long openBytes;
    private final List<Scope> scopes = new ArrayList<>(8);

    /** One connection, stream or socket, and what it costs while it is open; no scope counts it yet. */
    Holding(Resource one, long openBytes, long sockets) {
        this.openBytes = openBytes;
        amounts[Resource.MEMORY_BYTES.slot] = openBytes;
        amounts[Resource.FILE_DESCRIPTORS.slot] = sockets;
        amounts[one.slot] = 1;
    }

    /** In every scope, or in none and the reason. */
    Optional<Refusal> take(Resource resource, long amount) {
        for (Scope scope : scopes) {
            Optional<Refusal> obstacle = scope.obstacle(resource, amount);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        add(resource, amount);
        return Optional.empty();
    }

    /** Never more than was taken beside what it costs to be open. */
    void giveBack(Resource resource, long amount) {
        long fixed = resource == Resource.MEMORY_BYTES ? openBytes : 0;
        if (amount > amounts[resource.slot] - fixed) {
            throw new IllegalArgumentException("more " + resource.words() + " given back than were taken");
        }
        add(resource, -amount);
    }

    /** Another scope counts all of it from now on, or it does not fit there. */
    Optional<Refusal> enter(Scope scope) {
        for (Resource resource : RESOURCES) {
            Optional<Refusal> obstacle = scope.obstacle(resource, amounts[resource.slot]);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        scopes.add(scope);
        scope.entered();
        count(scope, 1);
        return Optional.empty();
    }

    /** A scope counts it no more. */
    void leave(Scope scope) {
        if (scopes.remove(scope)) {
            count(scope, -1);
            scope.left();
        }
    }

    /** The scope of this kind that counts it, if one does; there is never a second. */
    Optional<Scope> scope(ScopeKind kind) {
        for (Scope scope : scopes) {
            if (scope.name().kind() == kind) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    List<Scope> scopes() {
        return List.copyOf(scopes);
    }

    private void add(Resource resource, long amount) {
        amounts[resource.slot] += amount;
        scopes.forEach(scope -> scope.add(resource, amount));
    }

    private void count(Scope scope, int sign) {
        for (Resource resource : RESOURCES) {
            scope.add(resource, sign * amounts[resource.slot]);
        }
    }
}
