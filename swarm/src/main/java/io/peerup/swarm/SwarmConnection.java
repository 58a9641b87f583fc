package io.peerup.swarm;

import io.netty.channel.EventLoop;
import io.peerup.swarm.StreamRefused.Cause;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.swarm.limits.Refusal;
import io.peerup.swarm.limits.StreamScope;
import io.peerup.swarm.multistream.AnsweringHandler;
import io.peerup.swarm.multistream.NegotiationOutcome;
import io.peerup.swarm.multistream.ProposingHandler;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the swarm: the facts of the upgrade, and streams that agree on a protocol first. Fields that change
 * belong to the connection's event loop.
 */
final class SwarmConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmConnection.class);

    private final UpgradedConnection upgraded;
    private final Protocols protocols;
    private final SwarmConfig config;
    private final long openedNanos;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int agreed;
    private volatile int servedStreams;
    private boolean draining;
    private volatile boolean closing;

    /** Takes the connection over; called on its event loop, which is when streams may begin to arrive. */
    SwarmConnection(UpgradedConnection upgraded, Protocols protocols, SwarmConfig config, long openedNanos) {
        this.upgraded = upgraded;
        this.protocols = protocols;
        this.config = config;
        this.openedNanos = openedNanos;
    }

    /** From now on it counts against its peer, unless the peer has too much. Called once, before {@link #start}. */
    Optional<Refusal> countForPeer() {
        return upgraded.scope().upgraded(remotePeer());
    }

    /** Begins to accept streams; on the event loop, in the call that handed the connection out. */
    void start() {
        upgraded.muxed().acceptStreams(this::accept);
    }

    @Override
    public <T> CompletionStage<T> openStream(
            List<ProtocolId> wanted, LimitedConnections policy, Function<NegotiatedStream, T> attach) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no protocol is wanted");
        }
        if (limit().isPresent() && policy == LimitedConnections.REFUSED) {
            return CompletableFuture.failedStage(new StreamRefused(
                    Cause.LIMITED_CONNECTION,
                    wanted.getFirst() + " does not run over a connection that a relay limits"));
        }
        OutgoingStream<T> outgoing = new OutgoingStream<>(wanted, attach, remotePeer(), closed());
        if (!onLoop(() -> open(outgoing))) {
            outgoing.attached().completeExceptionally(ended());
        }
        return outgoing.attached();
    }

    /** Refuses new streams and completes when those that agreed on a protocol have ended. */
    CompletionStage<Void> drain() {
        closing = true;
        boolean alive = onLoop(() -> {
            draining = true;
            announceIfDrained();
        });
        if (!alive) {
            drained.complete(null);
        }
        return drained;
    }

    /** Ends a connection that was never taken in. On the event loop, instead of {@link #start}. */
    void refuse(ErrorCode why) {
        draining = true;
        start();
        close(why);
    }

    /** Whether it is about to end, so that nothing new should begin on it. On any thread. */
    boolean isClosing() {
        return closing;
    }

    /** How many open streams have agreed on a protocol, as of a moment ago. On any thread. */
    int servedStreams() {
        return servedStreams;
    }

    /**
     * Closes it unless it is to be kept. That is asked on the event loop, where streams and requests of the peer arrive, so
     * that whatever one of them has begun to protect is not cut.
     */
    void closeUnless(BooleanSupplier kept, ErrorCode why) {
        onLoop(() -> {
            if (!kept.getAsBoolean()) {
                close(why);
            }
        });
    }

    /** How many streams are open; only on the event loop. */
    int openStreams() {
        return upgraded.muxed().openStreams();
    }

    private <T> void open(OutgoingStream<T> outgoing) {
        if (draining) {
            outgoing.attached().completeExceptionally(ended());
            return;
        }
        switch (upgraded.scope().openStream(Direction.OUTBOUND)) {
            case Admission.Granted<StreamScope>(StreamScope scope) -> open(outgoing, scope);
            case Admission.Refused<StreamScope> refused -> outgoing.refused(refused.why());
        }
    }

    private <T> void open(OutgoingStream<T> outgoing, StreamScope scope) {
        upgraded.muxed().openStream().whenComplete((stream, failure) -> {
            if (failure != null) {
                scope.close();
                outgoing.attached().completeExceptionally(failure);
                return;
            }
            stream.closed().thenRun(scope::close);
            if (outgoing.opened(stream, scope)) {
                propose(stream, outgoing);
            }
        });
    }

    private <T> void propose(MuxedStream stream, OutgoingStream<T> outgoing) {
        count(stream);
        List<ProtocolId> wanted = outgoing.wanted();
        stream.channel().pipeline().addLast(new ProposingHandler(wanted, config.negotiationTimeout(), outgoing));
        if (wanted.size() == 1 && protocols.remoteSpeaks(remotePeer(), wanted.getFirst())) {
            outgoing.attachEarly(wanted.getFirst());
        }
    }

    private void accept(MuxedStream stream) {
        if (draining) {
            stream.reset(ErrorCode.SHUTDOWN.streamCode());
            return;
        }
        switch (upgraded.scope().openStream(Direction.INBOUND)) {
            case Admission.Granted<StreamScope>(StreamScope scope) -> {
                stream.closed().thenRun(scope::close);
                answer(stream, scope);
            }
            case Admission.Refused<StreamScope> refused -> stream.reset(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());
        }
    }

    private void answer(MuxedStream stream, StreamScope scope) {
        NegotiationOutcome outcome = new NegotiationOutcome() {
            @Override
            public void agreed(ProtocolId protocol) {
                serve(stream, scope, protocol);
            }

            @Override
            public void failed(Exception why) {
                stream.reset(
                        why instanceof ProtocolViolation
                                ? ErrorCode.PROTOCOL_VIOLATION.streamCode()
                                : ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode());
            }
        };
        stream.channel()
                .pipeline()
                .addLast(new AnsweringHandler(
                        id -> protocols.serves(id, limit().isPresent()), config.negotiationTimeout(), outcome));
    }

    private void serve(MuxedStream stream, StreamScope scope, ProtocolId id) {
        if (draining) {
            stream.reset(ErrorCode.SHUTDOWN.streamCode());
            return;
        }
        Optional<StreamProtocol> protocol = protocols.local(id);
        if (protocol.isEmpty()) {
            stream.reset(ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode());
            return;
        }
        if (scope.agreed(id, protocol.get().limits().maxInboundPerConnection()).isPresent()) {
            stream.reset(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());
            return;
        }
        count(stream);
        try {
            protocol.get().attach(stream, this);
        } catch (RuntimeException bug) {
            LOG.error("{} could not be served", id, bug);
            stream.reset(ErrorCode.NONE.streamCode());
        }
    }

    private void count(MuxedStream stream) {
        agreed++;
        servedStreams = agreed;
        stream.closed().thenRun(() -> {
            agreed--;
            servedStreams = agreed;
            announceIfDrained();
        });
    }

    private void announceIfDrained() {
        if (draining && agreed == 0) {
            drained.complete(null);
        }
    }

    /** False when the loop has ended, and the connection with it. */
    private boolean onLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
            return true;
        }
        try {
            eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    private StreamRefused ended() {
        return new StreamRefused(
                Cause.CONNECTION_CLOSED, "the connection to " + remotePeer().shortId() + " is closed");
    }

    @Override
    public void close(ErrorCode why) {
        closing = true;
        upgraded.muxed().close(why.connectionCode());
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return upgraded.muxed().closed();
    }

    @Override
    public PeerId remotePeer() {
        return upgraded.remotePeer();
    }

    @Override
    public PublicKey remoteKey() {
        return upgraded.remoteKey();
    }

    @Override
    public Multiaddr local() {
        return upgraded.local();
    }

    @Override
    public Multiaddr remote() {
        return upgraded.remote();
    }

    @Override
    public Direction direction() {
        return upgraded.direction();
    }

    @Override
    public Optional<ConnectionLimit> limit() {
        return upgraded.limit();
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public EventLoop eventLoop() {
        return upgraded.eventLoop();
    }

    @Override
    public ProtocolId security() {
        return upgraded.security();
    }

    @Override
    public ProtocolId muxer() {
        return upgraded.muxerId();
    }

    @Override
    public boolean earlyMuxer() {
        return upgraded.earlyMuxer();
    }

    @Override
    public OptionalLong roundTripNanos() {
        return upgraded.muxed().roundTripNanos();
    }

    @Override
    public MemoryBudget memory() {
        return upgraded.scope();
    }

    @Override
    public String toString() {
        return direction() + " " + remotePeer().shortId() + " " + remote();
    }
}
