package io.peerup.circuitrelay;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;

/**
 * Whom a relay serves, among the peers that may connect to it at all. Asked on event loops: answers at once, never
 * blocks. A no becomes PERMISSION_DENIED.
 */
public interface RelayAccess {
    /** Whether {@code peer}, connected from {@code from}, may hold a reservation. */
    default boolean allowsReserve(PeerId peer, Multiaddr from) {
        return true;
    }

    /** Whether {@code source}, connected from {@code from}, may open a circuit to {@code destination}. */
    default boolean allowsConnect(PeerId source, Multiaddr from, PeerId destination) {
        return true;
    }

    /** Serves everybody. */
    static RelayAccess open() {
        return new RelayAccess() {};
    }
}
