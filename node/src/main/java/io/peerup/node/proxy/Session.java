package io.peerup.node.proxy;

import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.PeerId;
import java.util.Optional;

/**
 * One client at one service.
 *
 * @param service the name that people gave it
 * @param peer who is at the other end of the stream
 * @param side whether we are with the client or with the service
 * @param path how the bytes travel
 * @param limit what a relay on the path allows, if it limits anything
 */
public record Session(String service, PeerId peer, Side side, Path path, Optional<ConnectionLimit> limit) {
    /** Where we stand. */
    public enum Side {
        /** The client is on this machine, the service at the peer. */
        CLIENT,
        /** The service is on this machine, the client at the peer. */
        SERVICE
    }

    /** How the bytes travel. */
    public enum Path {
        /** From peer to peer. */
        DIRECT,
        /** Through a relay. */
        RELAYED
    }

    /** A session over a connection. */
    static Session over(Connection connection, String service, Side side) {
        return new Session(
                service,
                connection.remotePeer(),
                side,
                connection.isRelayed() ? Path.RELAYED : Path.DIRECT,
                connection.limit());
    }
}
