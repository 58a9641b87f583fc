package io.peerup.swarm;

import io.peerup.wire.PeerId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who speaks what: the protocols that we serve, and what identify learned about connected peers. Read from every
 * event loop, so the maps are concurrent; the second is bounded by the number of connected peers.
 */
final class Protocols {
    private final Map<ProtocolId, StreamProtocol> local = new ConcurrentHashMap<>();
    private final Map<PeerId, IdentifiedPeer> identified = new ConcurrentHashMap<>();
    private final CommonClaims common = new CommonClaims();

    void add(StreamProtocol protocol) {
        if (local.putIfAbsent(protocol.id(), protocol) != null) {
            throw new IllegalStateException(protocol.id() + " is served already");
        }
    }

    boolean remove(ProtocolId id) {
        return local.remove(id) != null;
    }

    Optional<StreamProtocol> local(ProtocolId id) {
        return Optional.ofNullable(local.get(id));
    }

    boolean serves(ProtocolId id, boolean limitedConnection) {
        StreamProtocol protocol = local.get(id);
        return protocol != null && (!limitedConnection || protocol.allowedOnLimitedConnections());
    }

    Set<ProtocolId> served() {
        return new TreeSet<>(local.keySet());
    }

    boolean remoteSpeaks(PeerId peer, ProtocolId id) {
        IdentifiedPeer known = identified.get(peer);
        return known != null && known.protocols().contains(id);
    }

    Optional<IdentifiedPeer> identified(PeerId peer) {
        return Optional.ofNullable(identified.get(peer));
    }

    /** Remembers what a peer says; returns what was known before. */
    Optional<IdentifiedPeer> learn(IdentifiedPeer peer) {
        return Optional.ofNullable(identified.put(peer.peer(), common.shared(peer)));
    }

    void forget(PeerId peer) {
        identified.remove(peer);
    }
}
