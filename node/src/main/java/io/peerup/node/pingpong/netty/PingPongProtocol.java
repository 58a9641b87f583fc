package io.peerup.node.pingpong.netty;

import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;

/**
 * Answers the pings of Go peers, which send one line per stream. We ourselves ping with libp2p's ping.
 *
 * @param id as both ends have configured it, {@code /pingpong/1.0.0} by default
 */
public record PingPongProtocol(ProtocolId id) implements StreamProtocol {
    private static final StreamLimits LIMITS = new StreamLimits(4);

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
        stream.channel().pipeline().addLast(new PongHandler(stream));
    }
}
