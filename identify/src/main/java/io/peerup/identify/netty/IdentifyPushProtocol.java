package io.peerup.identify.netty;

import io.peerup.identify.IdentifyMessage;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.strands.Strands;
import java.util.function.BiConsumer;

/** The listening side of identify push: a full answer that nobody asked for, as often as the network may. */
final class IdentifyPushProtocol implements StreamProtocol {
    private static final StreamLimits LIMITS = new StreamLimits(4);

    private final BiConsumer<Connection, IdentifyMessage> learn;
    private final Strands clock;
    private final PushGate gate = new PushGate();

    IdentifyPushProtocol(BiConsumer<Connection, IdentifyMessage> learn, Strands clock) {
        this.learn = learn;
        this.clock = clock;
    }

    @Override
    public ProtocolId id() {
        return Identify.PUSH_ID;
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
        if (!gate.admits(connection.remote(), clock.nanoTime())) {
            stream.reset(ErrorCode.RATE_LIMITED.streamCode());
            return;
        }
        IdentifyReceiver.receive(stream).whenComplete((message, broken) -> {
            if (broken == null) {
                learn.accept(connection, message);
                stream.finish();
            }
        });
    }
}
