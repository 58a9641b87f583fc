package io.peerup.node.proxy;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.PeerId;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * A TCP service of this machine, or of one that it reaches, which peers may use.
 *
 * @param name for people
 * @param protocol what peers ask for
 * @param target where it listens; unresolved, so that its name is looked up for every session
 * @param allowedPeers who may use it; empty for everyone who may connect to this node at all
 */
public record ExposedService(
        String name, ProtocolId protocol, InetSocketAddress target, Optional<Set<PeerId>> allowedPeers) {
    /** Copies the set. */
    public ExposedService {
        allowedPeers = allowedPeers.map(Set::copyOf);
    }

    boolean allows(PeerId peer) {
        return allowedPeers.isEmpty() || allowedPeers.get().contains(peer);
    }

    /** Host and port as they were written. */
    String address() {
        return HostPort.text(target);
    }
}
