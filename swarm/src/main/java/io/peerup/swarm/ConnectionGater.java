package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;

/**
 * Decides who may connect, at each moment something new is known. Called on event loops and strands: answers at once,
 * never blocks. Everything is allowed unless overridden.
 */
public interface ConnectionGater {
    /** Before anything is dialed for this peer. */
    default boolean allowsDial(PeerId peer) {
        return true;
    }

    /** Before one address is dialed. */
    default boolean allowsDial(PeerId peer, Multiaddr address) {
        return true;
    }

    /** A connection came in; nothing but its addresses is known yet. */
    default boolean allowsAccept(Multiaddr local, Multiaddr remote) {
        return true;
    }

    /** The handshake proved who is there. */
    default boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
        return true;
    }

    /** The connection is complete, before any protocol sees it. */
    default boolean allowsUpgraded(UpgradedConnection connection) {
        return true;
    }

    /** A gate that is always open. */
    static ConnectionGater open() {
        return new ConnectionGater() {};
    }
}
