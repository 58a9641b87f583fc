package io.peerup.host.authorization;

import io.peerup.wire.PeerId;
import java.util.HashSet;
import java.util.Set;

/**
 * What a new version of the file means for peers.
 *
 * @param added may connect now and could not before
 * @param removed must not be connected any more
 */
public record AuthorizationChange(Set<PeerId> added, Set<PeerId> removed) {
    /** Copies the sets. */
    public AuthorizationChange {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
    }

    static AuthorizationChange between(AuthorizedKeys before, AuthorizedKeys after) {
        Set<PeerId> added = new HashSet<>(after.ids());
        added.removeAll(before.ids());
        Set<PeerId> removed = new HashSet<>(before.ids());
        removed.removeAll(after.ids());
        return new AuthorizationChange(added, removed);
    }

    /** Whether the same peers may connect as before. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }
}
