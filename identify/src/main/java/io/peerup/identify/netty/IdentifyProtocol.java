package io.peerup.identify.netty;

import io.peerup.identify.IdentifyMessage;
import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import java.util.function.Function;

/** The answering side of identify: one answer, then FIN. */
public final class IdentifyProtocol implements StreamProtocol {
    /** The name of the protocol. */
    public static final ProtocolId ID = ProtocolId.of("/ipfs/id/1.0.0");

    private static final StreamLimits LIMITS = new StreamLimits(16);

    private final Function<Connection, IdentifyMessage> answers;

    /**
     * Answers.
     *
     * @param answers what to say over a connection; asked on its event loop
     */
    public IdentifyProtocol(Function<Connection, IdentifyMessage> answers) {
        this.answers = answers;
    }

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
        IdentifySender.send(stream, answers.apply(connection));
    }
}
