package io.peerup.identify.netty;

import io.peerup.identify.IdentifyMessage;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The listening side of identify push: an answer that nobody asked for. */
public final class IdentifyPushProtocol implements StreamProtocol {
    /** The name of the protocol. */
    public static final ProtocolId ID = ProtocolId.of("/ipfs/id/push/1.0.0");

    private static final StreamLimits LIMITS = new StreamLimits(4);

    private final Predicate<Connection> admits;
    private final BiConsumer<Connection, IdentifyMessage> learn;

    /**
     * Listens.
     *
     * @param admits whether another push over this connection is not one too many; asked on its event loop
     * @param learn given what was pushed, on the event loop
     */
    public IdentifyPushProtocol(Predicate<Connection> admits, BiConsumer<Connection, IdentifyMessage> learn) {
        this.admits = admits;
        this.learn = learn;
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
        if (!admits.test(connection)) {
            stream.reset(ErrorCode.RATE_LIMITED.streamCode());
            return;
        }
        IdentifyReceiver.receive(stream).thenAccept(message -> {
            stream.finish();
            learn.accept(connection, message);
        });
    }
}
