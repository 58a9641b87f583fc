package io.peerup.testkit.swarm;

import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import java.util.ArrayList;
import java.util.List;

/** A protocol that collects the streams it is given; by default not on limited connections. */
class Served implements StreamProtocol {
    final List<MuxedStream> streams = new ArrayList<>();
    private final ProtocolId id;

    Served(ProtocolId id) {
        this.id = id;
    }

    @Override
    public ProtocolId id() {
        return id;
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return false;
    }

    @Override
    public StreamLimits limits() {
        return new StreamLimits(2);
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        streams.add(stream);
    }
}
