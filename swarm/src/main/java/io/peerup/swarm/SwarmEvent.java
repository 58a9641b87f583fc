package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.Set;

/**
 * A fact that swarm announces. Protocols learn from each other through these and need not know one another. Delivered
 * on the thread where it happened, often an event loop: listeners return at once.
 */
public sealed interface SwarmEvent {
    /** A connection is ready for streams. */
    record ConnectionOpened(Connection connection) implements SwarmEvent {}

    /**
     * A connection is over. {@code last} when no other connection to the peer remained at that moment; on another
     * thread a new one may have been opened since.
     */
    record ConnectionClosed(Connection connection, CloseReason reason, boolean last) implements SwarmEvent {}

    /** An upgrade of an incoming connection was refused by the gate. Told by {@link Swarm#gater()}. */
    record ConnectionGated(Multiaddr remote, PeerId peer) implements SwarmEvent {}

    /** A listener is bound. */
    record Listening(Multiaddr address) implements SwarmEvent {}

    /** Identify learned who a peer says it is. */
    record PeerIdentified(Connection connection, IdentifiedPeer peer) implements SwarmEvent {}

    /** A peer began or ceased to speak protocols. */
    record ProtocolsChanged(PeerId peer, Set<ProtocolId> added, Set<ProtocolId> removed) implements SwarmEvent {}

    /** A peer told us from which address it sees us. */
    record AddressObserved(Connection connection, Multiaddr observed) implements SwarmEvent {}

    /** What we advertise about our addresses changed. */
    record SelfAddressesChanged(Set<Multiaddr> advertised) implements SwarmEvent {}

    /** The protocols that we serve changed. */
    record LocalProtocolsChanged(Set<ProtocolId> protocols) implements SwarmEvent {}
}
