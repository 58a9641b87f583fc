package io.peerup.node.proxy;

import io.peerup.node.proxy.netty.Bridge;
import io.peerup.node.proxy.netty.HeldStream;
import io.peerup.node.proxy.netty.LocalSocket;
import io.peerup.node.proxy.netty.LocalSockets;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.swarm.trimming.PeerProtections;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets peers use a local TCP service: raw bytes with half-close, no header, refused by reset. A stream is joined to a
 * connection of its own to the service; until that stands, the peer is held back.
 */
public final class ServiceProtocol implements StreamProtocol {
    /** Sessions that one connection of a peer may have at this service. */
    static final StreamLimits LIMITS = new StreamLimits(256);

    /** Connections to the service that are being made at once, for all peers. */
    static final int MAX_DIALS = 256;

    /** Why the connections of a peer are not trimmed while it uses a service, ours or its own. */
    static final String IN_USE = "service-stream";

    private final ExposedService service;
    private final LocalSockets sockets;
    private final Strands strands;
    private final PeerProtections protections;
    private final NameLookup lookup;
    private final StrandScope dials;
    private final Semaphore dialsLeft = new Semaphore(MAX_DIALS);
    private final Sessions sessions;

    /** A service that is ready to be registered; {@code listener} hears of its sessions. */
    public ServiceProtocol(
            ExposedService service,
            LocalSockets sockets,
            Strands strands,
            PeerProtections protections,
            Consumer<SessionEvent> listener) {
        this.service = service;
        this.sockets = sockets;
        this.strands = strands;
        this.protections = protections;
        this.lookup = NameLookup.system(service.target().getHostString());
        this.dials = strands.open("service " + service.name());
        this.sessions = new Sessions(strands, listener);
    }

    @Override
    public ProtocolId id() {
        return service.protocol();
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return true;
    }

    @Override
    public StreamLimits limits() {
        return LIMITS;
    }

    /** What is exposed. */
    public ExposedService service() {
        return service;
    }

    /** How many sessions are open. */
    public int openSessions() {
        return sessions.open();
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        HeldStream held = HeldStream.hold(stream);
        if (!service.allows(connection.remotePeer())) {
            String peer = connection.remotePeer().shortId();
            refuse(held, connection, ErrorCode.GATED, "peer " + peer + " is not in its allowed_peers");
        } else if (!dialsLeft.tryAcquire()) {
            String busy = MAX_DIALS + " connections to it are being made already";
            refuse(held, connection, ErrorCode.RESOURCE_LIMIT_EXCEEDED, busy);
        } else {
            dial(held, connection);
        }
    }

    /**
     * Ends the sessions: those being made at once, the others after {@code patience}. To be called after the protocol
     * was unregistered. Waits; not for an event loop. Safe to call twice.
     */
    public void close(Duration patience) throws InterruptedException {
        dials.close();
        sessions.close(patience);
    }

    private void dial(HeldStream held, Connection connection) {
        protections.protectWhile(connection.remotePeer(), IN_USE, held.stream().closed());
        ServiceDial story = new ServiceDial(
                service, lookup, (to, patience) -> sockets.connect(connection.eventLoop(), to, patience), strands);
        try {
            Strand<LocalSocket> dial = dials.fork("dial", () -> {
                try {
                    return story.run();
                } finally {
                    dialsLeft.release();
                }
            });
            held.stream().closed().thenRun(dial::cancel);
            dial.result()
                    .whenComplete((socket, failure) ->
                            connection.eventLoop().execute(() -> settle(held, connection, socket, failure)));
        } catch (IllegalStateException closing) {
            dialsLeft.release();
            held.stream().reset(ErrorCode.SHUTDOWN.streamCode());
        }
    }

    private void settle(
            HeldStream held, Connection connection, @Nullable LocalSocket socket, @Nullable Throwable failure) {
        if (socket != null) {
            Session session = Session.over(connection, service.name(), Session.Side.SERVICE);
            sessions.begin(session, Bridge.between(held, socket), () -> {});
        } else if (Strand.isCancellation(failure)) {
            held.stream().reset(ErrorCode.SHUTDOWN.streamCode());
        } else {
            fail(OneLine.of(failure));
            held.stream().reset(ErrorCode.NONE.streamCode());
        }
    }

    /** In the next turn of the loop: a reset at once would overtake our word that we speak the protocol. */
    private void refuse(HeldStream held, Connection connection, ErrorCode code, String why) {
        fail("service " + service.name() + ": refused, " + why);
        connection.eventLoop().execute(() -> held.stream().reset(code.streamCode()));
    }

    private void fail(String line) {
        sessions.failed(service.name(), line);
    }
}
