package io.peerup.testkit.streams;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A direct, outbound connection whose streams are {@link EmbeddedStream}s, agreed on as soon as they are opened, or
 * when the test says so.
 */
public final class EmbeddedConnection implements Connection {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final PublicKey remoteKey;
    private final Multiaddr local;
    private final Multiaddr remote;
    private final List<EmbeddedStream> opened = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private boolean holding;
    private @Nullable StreamRefused refusal;

    /** A connection to the owner of a key. */
    public EmbeddedConnection(PublicKey remoteKey, Multiaddr local, Multiaddr remote) {
        this.remoteKey = remoteKey;
        this.local = local;
        this.remote = remote;
        loop.freezeTime();
    }

    /** The streams opened so far, oldest first. */
    public List<EmbeddedStream> opened() {
        return List.copyOf(opened);
    }

    /** The peer refuses every stream from now on. */
    public void refuseStreams(StreamRefused why) {
        refusal = why;
    }

    /** The peer takes its time to agree on streams, until {@link #agree}. */
    public void holdStreams() {
        holding = true;
    }

    /** The peer agrees on the streams it has not answered yet. */
    public void agree() {
        holding = false;
        List.copyOf(held).forEach(Runnable::run);
        held.clear();
    }

    /** Lets time pass on the connection's event loop, and on its streams. */
    public void advance(Duration time) {
        loop.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        loop.runPendingTasks();
        opened.forEach(stream -> stream.advance(time));
    }

    @Override
    public <T> CompletionStage<T> openStream(
            List<ProtocolId> protocols, LimitedConnections policy, Function<NegotiatedStream, T> attach) {
        if (refusal != null) {
            return CompletableFuture.failedStage(refusal);
        }
        CompletableFuture<T> attached = new CompletableFuture<>();
        Runnable agreement = () -> {
            EmbeddedStream stream = new EmbeddedStream(Direction.OUTBOUND);
            opened.add(stream);
            attached.complete(attach.apply(new NegotiatedStream(stream, protocols.getFirst())));
        };
        if (holding) {
            held.add(agreement);
        } else {
            agreement.run();
        }
        return attached;
    }

    @Override
    public PeerId remotePeer() {
        return remoteKey.peerId();
    }

    @Override
    public PublicKey remoteKey() {
        return remoteKey;
    }

    @Override
    public Multiaddr local() {
        return local;
    }

    @Override
    public Multiaddr remote() {
        return remote;
    }

    @Override
    public Direction direction() {
        return Direction.OUTBOUND;
    }

    @Override
    public Optional<ConnectionLimit> limit() {
        return Optional.empty();
    }

    @Override
    public long openedNanos() {
        return 0;
    }

    @Override
    public EventLoop eventLoop() {
        return loop.eventLoop();
    }

    @Override
    public ProtocolId security() {
        return ProtocolId.of("/noise");
    }

    @Override
    public ProtocolId muxer() {
        return ProtocolId.of("/yamux/1.0.0");
    }

    @Override
    public boolean earlyMuxer() {
        return true;
    }

    @Override
    public OptionalLong roundTripNanos() {
        return OptionalLong.empty();
    }

    @Override
    public MemoryBudget memory() {
        return MemoryBudget.unlimited();
    }

    @Override
    public void close(ErrorCode why) {
        closed.complete(new CloseReason.Local(why.connectionCode()));
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }
}
