package io.peerup.interop;

import io.peerup.circuitrelay.StatusCode;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;

/** A peer in a relayed scene, ours or go's, which is told the same in the same words. */
sealed interface RelayPeer extends AutoCloseable permits OurRelayPeer, GoRelayPeer {
    ProtocolId HOP = ProtocolId.of("/libp2p/circuit/relay/0.2.0/hop");
    ProtocolId STOP = ProtocolId.of("/libp2p/circuit/relay/0.2.0/stop");

    PeerId id() throws Exception;

    /** Where it listens, with its peer ID. */
    Multiaddr address() throws Exception;

    /** Connects directly. */
    void connect(RelayPeer other) throws Exception;

    /** Connects to a relay and asks it for a reservation, as a node would; OK or the refusal. */
    StatusCode reserve(RelayPeer relay) throws Exception;

    /** Connects to a peer through a relay, as a node would; OK or the relay's refusal. */
    StatusCode reach(PeerId peer, RelayPeer relay) throws Exception;

    /** Sends RESERVE over whatever connection to the relay there is, also where a node would not. */
    StatusCode askToReserve(RelayPeer relay) throws Exception;

    /** Sends CONNECT over whatever connection to the relay there is, also where a node would not. */
    StatusCode askToConnect(PeerId destination, RelayPeer relay) throws Exception;

    /** Sends bytes on a stream of this protocol, and returns the whole answer. */
    byte[] say(RelayPeer to, ProtocolId protocol, byte[] bytes) throws Exception;

    /** Ping, echo, and as many bytes up and down, their hashes compared here; over the connection there is. */
    void exercise(PeerId peer, long bulkBytes) throws Exception;

    /** Whether the connection to this peer, which must be the only one, goes through a relay. */
    boolean isRelayedTo(PeerId peer) throws Exception;

    /** As a relay: gives this peer no reservation from now on. */
    void denyReserve(PeerId peer) throws Exception;

    /** As a relay: opens no circuit to this peer from now on. */
    void denyConnectTo(PeerId peer) throws Exception;

    @Override
    void close() throws IOException, InterruptedException;
}
