package io.peerup.identify.netty;

import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import java.util.function.BiConsumer;

/** The answering side of identify: one answer, then FIN. */
final class IdentifyProtocol implements StreamProtocol {
    private static final StreamLimits LIMITS = new StreamLimits(16);

    private final BiConsumer<MuxedStream, Connection> answer;

    IdentifyProtocol(BiConsumer<MuxedStream, Connection> answer) {
        this.answer = answer;
    }

    @Override
    public ProtocolId id() {
        return Identify.ID;
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
        stream.channel().pipeline().addLast(new DrainHandler());
        answer.accept(stream, connection);
    }
}
