package io.peerup.circuitrelay.netty;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.StopCodec;
import io.peerup.circuitrelay.StopMessage;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.RawConnection;
import io.peerup.swarm.Role;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The destination's side of stop: a relay announces a circuit, and the stream becomes a connection that is upgraded
 * like any other. Whoever the relay says is there must prove it.
 */
final class StopProtocol implements StreamProtocol {
    /** The name of the protocol. */
    static final ProtocolId ID = ProtocolId.of("/libp2p/circuit/relay/0.2.0/stop");

    /** Until the relay must have said what it wants. */
    static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(StopProtocol.class);

    private final PeerId self;
    private final Upgrader upgrader;
    private volatile @Nullable Consumer<UpgradedConnection> accepted;

    StopProtocol(PeerId self, Upgrader upgrader) {
        this.self = self;
        this.upgrader = upgrader;
    }

    /** Sets who receives circuits from now on; null refuses them. On any thread. */
    void acceptTo(@Nullable Consumer<UpgradedConnection> consumer) {
        accepted = consumer;
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
    public void attach(MuxedStream stream, Connection relay) {
        FirstMessage.of(stream, REQUEST_TIMEOUT).whenComplete((request, failure) -> {
            if (failure == null) {
                receive(request, stream, relay);
            } else {
                reject(failure, stream, relay);
            }
        });
    }

    private void receive(byte[] request, MuxedStream stream, Connection relay) {
        try {
            switch (StopCodec.decode(request)) {
                case StopMessage.Connect connect -> accept(connect, stream, relay);
                case StopMessage.Status status -> refuse(stream, StatusCode.UNEXPECTED_MESSAGE);
            }
        } catch (ProtocolViolation violation) {
            reject(violation, stream, relay);
        }
    }

    private void accept(StopMessage.Connect connect, MuxedStream stream, Connection relay) {
        PeerId source = connect.peer().id();
        Consumer<UpgradedConnection> consumer = accepted;
        RawConnection circuit = new RawConnection(
                stream.channel(), Direction.INBOUND, address(self, relay), address(source, relay), connect.limit());
        if (relay.isRelayed() || !upgrader.gater().allowsAccept(circuit.local(), circuit.remote())) {
            refuse(stream, StatusCode.PERMISSION_DENIED);
        } else if (consumer == null || source.equals(self)) {
            refuse(stream, StatusCode.CONNECTION_FAILED);
        } else {
            LastMessage.send(stream, StopCodec.encode(new StopMessage.Status(StatusCode.OK)));
            stream.channel().pipeline().addLast(new CircuitHandler(stream, connect.limit()));
            upgrader.upgrade(circuit, Role.RESPONDER, Optional.of(source)).whenComplete((upgraded, failure) -> {
                if (failure != null) {
                    LOG.debug("a circuit from {} came to nothing: {}", source, OneLine.of(failure));
                } else {
                    consumer.accept(upgraded);
                }
            });
        }
    }

    private static Multiaddr address(PeerId peer, Connection relay) {
        return CircuitAddress.to(peer, relay.remote(), relay.remotePeer());
    }

    private static void reject(@Nullable Throwable why, MuxedStream stream, Connection relay) {
        LOG.debug("no circuit announced by {}: {}", relay.remotePeer(), OneLine.of(why));
        if (why instanceof ProtocolViolation) {
            refuse(stream, StatusCode.MALFORMED_MESSAGE);
        } else {
            stream.reset(ErrorCode.NONE.streamCode());
        }
    }

    private static void refuse(MuxedStream stream, StatusCode why) {
        LastMessage.sendAndFinish(stream, StopCodec.encode(new StopMessage.Status(why)));
    }
}
