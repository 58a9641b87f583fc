package io.peerup.identify.netty;

import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;

/** Ping, answering. Spec: libp2p/specs ping/ping.md (snapshot 7740c07). */
public final class PingProtocol implements StreamProtocol {
    /** The name of the protocol. */
    public static final ProtocolId ID = ProtocolId.of("/ipfs/ping/1.0.0");

    private static final StreamLimits LIMITS = new StreamLimits(4);

    @Override
    public ProtocolId id() {
        return ID;
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return true;
    }

    @Override
    public StreamLimits limits() {
        return LIMITS;
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        stream.channel().pipeline().addLast(new PingEcho(stream));
    }
}
