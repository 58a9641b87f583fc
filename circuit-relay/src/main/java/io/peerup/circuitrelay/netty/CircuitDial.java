package io.peerup.circuitrelay.netty;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.Peer;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.RawConnection;
import io.peerup.swarm.Role;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One dial through a relay under way. */
final class CircuitDial<T> implements Transport.Attempt<T> {
    /** From the open stream to the relay's answer, which waits for the destination's. */
    static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);

    /** A circuit would end with the connection that carries it, even if its peer is protected. */
    private static final String CARRIES = "carries-circuit";

    private final Swarm swarm;
    private final Upgrader upgrader;
    private final PeerId peer;
    private final Role role;
    private final Function<UpgradedConnection, T> adopt;
    private final CompletableFuture<T> connection = new CompletableFuture<>();

    CircuitDial(Swarm swarm, Upgrader upgrader, PeerId peer, Role role, Function<UpgradedConnection, T> adopt) {
        this.swarm = swarm;
        this.upgrader = upgrader;
        this.peer = peer;
        this.role = role;
        this.adopt = adopt;
    }

    /** Connects to the relay if needed, and asks it. */
    void start(CircuitAddress through) {
        RelayConnection.to(
                        swarm, through.relay(), through.relayAddress().stream().toList())
                .thenCompose(relay -> relay.openStream(
                        List.of(HopProtocol.ID), LimitedConnections.REFUSED, opened -> ask(opened.stream(), relay)))
                .whenComplete((asked, failure) -> {
                    if (failure != null) {
                        connection.completeExceptionally(failure);
                    }
                });
    }

    @Override
    public CompletionStage<T> connection() {
        return connection;
    }

    @Override
    public void cancel() {
        connection.completeExceptionally(new CancellationException("cancelled"));
    }

    // ── on the event loop of the connection to the relay ──

    private MuxedStream ask(MuxedStream stream, Connection relay) {
        swarm.protections().protectWhile(relay.remotePeer(), CARRIES, stream.closed());
        if (connection.isDone()) {
            stream.reset(ErrorCode.NONE.streamCode());
            return stream;
        }
        connection.whenComplete((made, failure) -> {
            if (failure != null) {
                stream.reset(ErrorCode.NONE.streamCode());
            }
        });
        HopClient.ask(stream, new HopMessage.Connect(Peer.of(peer)), ANSWER_TIMEOUT)
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        fail(relay, OneLine.of(failure));
                    } else if (!answer.status().isOk()) {
                        fail(relay, answer.status().line());
                    } else if (!connection.isDone()) {
                        upgrade(stream, relay, answer);
                    }
                });
        return stream;
    }

    private void upgrade(MuxedStream stream, Connection relay, HopMessage.Status answer) {
        RawConnection circuit = new RawConnection(
                stream.channel(),
                Direction.OUTBOUND,
                relay.local(),
                CircuitAddress.to(peer, relay.remote(), relay.remotePeer()),
                answer.limit());
        stream.channel().pipeline().addLast(new CircuitHandler(stream, answer.limit()));
        upgrader.upgrade(circuit, role, Optional.of(peer)).whenComplete((upgraded, failure) -> {
            if (failure != null) {
                connection.completeExceptionally(failure);
            } else if (connection.isDone()) {
                upgraded.muxed().close(ErrorCode.NONE.connectionCode());
            } else {
                hand(upgraded);
            }
        });
    }

    private void hand(UpgradedConnection upgraded) {
        try {
            connection.complete(adopt.apply(upgraded));
        } catch (RuntimeException notWanted) {
            connection.completeExceptionally(notWanted);
        }
    }

    private void fail(Connection relay, String why) {
        connection.completeExceptionally(new StreamRefused(
                StreamRefused.Cause.NOT_CONNECTED, "relay " + relay.remotePeer().shortId() + ": " + why));
    }
}
