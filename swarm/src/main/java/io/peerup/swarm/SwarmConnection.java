package io.peerup.swarm;

import io.netty.channel.EventLoop;
import io.peerup.swarm.StreamRefused.Cause;
import io.peerup.swarm.multistream.AnsweringHandler;
import io.peerup.swarm.multistream.NegotiationOutcome;
import io.peerup.swarm.multistream.ProposingHandler;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A connection of the swarm: the facts of the upgrade, and streams that agree on a protocol first. Fields that change
 * belong to the connection's event loop.
 */
final class SwarmConnection implements Connection {
    private final UpgradedConnection upgraded;
    private final Protocols protocols;
    private final SwarmConfig config;
    private final long openedNanos;
    private final Map<ProtocolId, Integer> inboundByProtocol = new HashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int inbound;
    private int agreed;
    private boolean draining;

    /** Takes the connection over; called on its event loop, which is when streams may begin to arrive. */
    SwarmConnection(UpgradedConnection upgraded, Protocols protocols, SwarmConfig config, long openedNanos) {
        this.upgraded = upgraded;
        this.protocols = protocols;
        this.config = config;
        this.openedNanos = openedNanos;
    }

    /** Begins to accept streams; on the event loop, in the call that handed the connection out. */
    void start() {
        upgraded.muxed().acceptStreams(this::accept);
    }

    @Override
    public <T> CompletionStage<T> openStream(
            List<ProtocolId> wanted, LimitedConnections policy, Function<NegotiatedStream, T> attach) {
        if (limit().isPresent() && policy == LimitedConnections.REFUSED) {
            return CompletableFuture.failedStage(new StreamRefused(
                    Cause.LIMITED_CONNECTION,
                    wanted.getFirst() + " does not run over a connection that a relay limits"));
        }
        CompletableFuture<T> attached = new CompletableFuture<>();
        Opening<T> opening = new Opening<>(wanted, attach, attached);
        onLoop(() -> upgraded.muxed().openStream().whenComplete((stream, failure) -> {
            if (failure != null) {
                attached.completeExceptionally(failure);
            } else {
                propose(stream, opening);
            }
        }));
        return attached;
    }

    /** Refuses new streams and completes when those that agreed on a protocol have ended. */
    CompletionStage<Void> drain() {
        eventLoop().execute(() -> {
            draining = true;
            announceIfDrained();
        });
        return drained;
    }

    /** How many streams are open; only on the event loop. */
    int openStreams() {
        return upgraded.muxed().openStreams();
    }

    /** A stream of ours that is being agreed on. */
    private record Opening<T>(
            List<ProtocolId> wanted, Function<NegotiatedStream, T> attach, CompletableFuture<T> attached) {
        void attach(MuxedStream stream, ProtocolId protocol) {
            if (!attached.isDone()) {
                attached.complete(attach.apply(new NegotiatedStream(stream, protocol)));
            }
        }
    }

    private <T> void propose(MuxedStream stream, Opening<T> opening) {
        List<ProtocolId> wanted = opening.wanted();
        boolean lazily = wanted.size() == 1 && protocols.remoteSpeaks(remotePeer(), wanted.getFirst());
        count(stream);
        NegotiationOutcome outcome = new NegotiationOutcome() {
            @Override
            public void agreed(ProtocolId protocol) {
                opening.attach(stream, protocol);
            }

            @Override
            public void failed(Exception why) {
                if (!opening.attached().completeExceptionally(asRefusal(why))) {
                    stream.channel().pipeline().fireExceptionCaught(why);
                }
                stream.reset(ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode());
            }
        };
        stream.channel().pipeline().addLast(new ProposingHandler(wanted, config.negotiationTimeout(), outcome));
        if (lazily) {
            opening.attach(stream, wanted.getFirst());
        }
    }

    private void accept(MuxedStream stream) {
        if (draining) {
            stream.reset(ErrorCode.SHUTDOWN.streamCode());
            return;
        }
        if (inbound >= config.maxInboundStreamsPerConnection()) {
            stream.reset(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());
            return;
        }
        inbound++;
        stream.closed().thenRun(() -> inbound--);
        NegotiationOutcome outcome = new NegotiationOutcome() {
            @Override
            public void agreed(ProtocolId protocol) {
                serve(stream, protocol);
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

    private void serve(MuxedStream stream, ProtocolId id) {
        Optional<StreamProtocol> protocol = protocols.local(id);
        if (protocol.isEmpty()) {
            stream.reset(ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode());
            return;
        }
        int open = inboundByProtocol.merge(id, 1, Integer::sum);
        stream.closed().thenRun(() -> inboundByProtocol.computeIfPresent(id, (key, n) -> n > 1 ? n - 1 : null));
        if (open > protocol.get().limits().maxInboundPerConnection()) {
            stream.reset(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());
            return;
        }
        count(stream);
        protocol.get().attach(stream, this);
    }

    private void count(MuxedStream stream) {
        agreed++;
        stream.closed().thenRun(() -> {
            agreed--;
            announceIfDrained();
        });
    }

    private void announceIfDrained() {
        if (draining && agreed == 0) {
            drained.complete(null);
        }
    }

    private void onLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
        } else {
            eventLoop().execute(task);
        }
    }

    private StreamRefused asRefusal(Exception why) {
        return why instanceof StreamRefused refused
                ? refused
                : new StreamRefused(
                        Cause.RESET, remotePeer().shortId() + " broke the negotiation: " + why.getMessage());
    }

    @Override
    public void close(ErrorCode why) {
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
    public String toString() {
        return direction() + " " + remotePeer().shortId() + " " + remote();
    }
}
