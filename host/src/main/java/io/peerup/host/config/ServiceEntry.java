package io.peerup.host.config;

import io.peerup.wire.PeerId;
import java.util.Optional;
import java.util.Set;

/**
 * A service that this node offers.
 *
 * @param enabled whether it is offered now
 * @param localAddress where it is, on this machine or one that this machine reaches
 * @param allowedPeers who may use it; absent for every authorized peer, never empty
 * @param protocol what the original let people write here; kept and shown, but the protocol always follows from the
 *     service's name
 */
public record ServiceEntry(
        boolean enabled, HostAndPort localAddress, Optional<Set<PeerId>> allowedPeers, Optional<String> protocol) {
    /** Copies the set. */
    public ServiceEntry {
        allowedPeers = allowedPeers.map(Set::copyOf);
        if (allowedPeers.isPresent() && allowedPeers.get().isEmpty()) {
            throw new IllegalArgumentException("nobody may use the service; leave the peers away for everybody");
        }
    }

    /** An enabled service for every authorized peer. */
    public static ServiceEntry at(HostAndPort localAddress) {
        return new ServiceEntry(true, localAddress, Optional.empty(), Optional.empty());
    }

    /** The same, offered or not. */
    public ServiceEntry withEnabled(boolean nowEnabled) {
        return new ServiceEntry(nowEnabled, localAddress, allowedPeers, protocol);
    }
}
