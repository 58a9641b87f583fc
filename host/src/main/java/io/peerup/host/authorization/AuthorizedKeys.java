package io.peerup.host.authorization;

import io.peerup.wire.PeerId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The peers that may connect, in the order of the file, each once. Immutable; cheap to ask from an event loop. */
public final class AuthorizedKeys {
    private final List<AuthorizedPeer> peers;
    private final Set<PeerId> ids;

    private AuthorizedKeys(List<AuthorizedPeer> peers, Set<PeerId> ids) {
        this.peers = peers;
        this.ids = ids;
    }

    /** Nobody. */
    public static AuthorizedKeys none() {
        return of(List.of());
    }

    /** These peers; of several entries for one peer the first counts. */
    public static AuthorizedKeys of(Collection<AuthorizedPeer> entries) {
        Map<PeerId, AuthorizedPeer> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.putIfAbsent(entry.id(), entry));
        return new AuthorizedKeys(List.copyOf(byId.values()), Set.copyOf(byId.keySet()));
    }

    /** Whether this peer may connect. */
    public boolean contains(PeerId peer) {
        return ids.contains(peer);
    }

    /** The peers with their comments. */
    public List<AuthorizedPeer> peers() {
        return peers;
    }

    /** The peers. */
    public Set<PeerId> ids() {
        return ids;
    }

    /** How many. */
    public int size() {
        return peers.size();
    }
}
