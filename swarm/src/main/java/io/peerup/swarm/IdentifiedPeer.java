package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a peer says about itself, as identify or a push delivered it. Bounded by the codec that read it; the identity
 * is proven, the rest is a claim.
 *
 * @param agent name and version, such as {@code peerup/0.1.0}; empty when not told
 * @param addresses where it says it listens, from the signed record when there was a valid one
 * @param observed where it sees us on the connection that was asked
 */
public record IdentifiedPeer(
        PeerId peer,
        String agent,
        String protocolVersion,
        Set<ProtocolId> protocols,
        List<Multiaddr> addresses,
        Optional<Multiaddr> observed) {
    /** Copies the collections. */
    public IdentifiedPeer {
        protocols = Set.copyOf(protocols);
        addresses = List.copyOf(addresses);
    }
}
