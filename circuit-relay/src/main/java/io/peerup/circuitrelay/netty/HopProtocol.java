package io.peerup.circuitrelay.netty;

import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.HopRequests;
import io.peerup.circuitrelay.Peer;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationRequest;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import io.peerup.wire.ProtocolViolation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's side of hop: reads one request per stream and lets {@link HopRequests} decide. A request that cannot be
 * read is answered MALFORMED_MESSAGE, as go-libp2p does, one over a relayed connection PERMISSION_DENIED.
 */
public final class HopProtocol implements StreamProtocol {
    /** The name of the protocol. */
    public static final ProtocolId ID = ProtocolId.of("/libp2p/circuit/relay/0.2.0/hop");

    private static final Logger LOG = LoggerFactory.getLogger(HopProtocol.class);

    /** Requests that a peer may have under way beside its circuits. */
    private static final int SPARE_STREAMS = 16;

    private final HopRequests requests;
    private final RelayLimits limits;

    /** Hop for one node. */
    public HopProtocol(HopRequests requests, RelayLimits limits) {
        this.requests = requests;
        this.limits = limits;
    }

    @Override
    public ProtocolId id() {
        return ID;
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return false;
    }

    @Override
    public StreamLimits limits() {
        return new StreamLimits(limits.maxCircuitsPerPeer() + SPARE_STREAMS);
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        FirstMessage.of(stream, limits.requestTimeout()).whenComplete((request, failure) -> {
            if (failure == null) {
                receive(request, stream, connection);
            } else {
                reject(failure, stream, connection);
            }
        });
    }

    private void receive(byte[] request, MuxedStream stream, Connection connection) {
        try {
            HopMessage message = HopCodec.decode(request);
            if (connection.isRelayed()) {
                answer(stream, HopMessage.Status.of(StatusCode.PERMISSION_DENIED));
                return;
            }
            switch (message) {
                case HopMessage.Reserve() -> requests.reserve(new Reserving(stream, connection));
                case HopMessage.Connect(Peer peer) ->
                    requests.connect(new CircuitOpening(stream, connection, peer.id(), limits));
                case HopMessage.Status status -> answer(stream, HopMessage.Status.of(StatusCode.MALFORMED_MESSAGE));
            }
        } catch (ProtocolViolation violation) {
            reject(violation, stream, connection);
        }
    }

    private static void reject(@Nullable Throwable why, MuxedStream stream, Connection connection) {
        LOG.debug("no request from {}: {}", connection.remotePeer(), OneLine.of(why));
        if (why instanceof ProtocolViolation) {
            answer(stream, HopMessage.Status.of(StatusCode.MALFORMED_MESSAGE));
        } else {
            stream.reset(ErrorCode.NONE.streamCode());
        }
    }

    private static void answer(MuxedStream stream, HopMessage message) {
        Loops.run(stream, () -> LastMessage.sendAndFinish(stream, HopCodec.encode(message)));
    }

    private record Reserving(MuxedStream stream, Connection from) implements ReservationRequest {
        @Override
        public void grant(HopMessage.Slot reservation, Optional<ConnectionLimit> limit) {
            answer(stream, new HopMessage.Status(StatusCode.OK, Optional.of(reservation), limit));
        }

        @Override
        public void refuse(StatusCode why) {
            answer(stream, HopMessage.Status.of(why));
        }
    }
}
