package io.peerup.circuitrelay.netty;

import io.netty.channel.EventLoop;
import io.peerup.circuitrelay.Samples;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.testkit.streams.CountedMemory;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.PublicKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A connection that hands out streams when the test says so. */
public final class FakeConnection implements Connection {
    private final int peer;
    private final Multiaddr remote;
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    final CountedMemory memory = new CountedMemory();
    private final ArrayDeque<FakeStream> streams = new ArrayDeque<>();

    FakeConnection(int peer, String remote) {
        this.peer = peer;
        this.remote = Samples.address(remote);
    }

    /** One from an address of its own. */
    public static FakeConnection direct(int peer) {
        return new FakeConnection(peer, "/ip4/10.0.0." + peer + "/tcp/4001");
    }

    /** Opens what is asked for, or will be asked for first, on this stream. */
    void opens(FakeStream stream) {
        streams.add(stream);
        serve();
    }

    @Override
    public <T> CompletionStage<T> openStream(
            List<ProtocolId> protocols, LimitedConnections policy, Function<NegotiatedStream, T> attach) {
        CompletableFuture<T> opened = new CompletableFuture<>();
        waiting.add(() -> {
            MuxedStream stream = streams.remove();
            opened.complete(attach.apply(new NegotiatedStream(stream, protocols.getFirst())));
        });
        serve();
        return opened;
    }

    private void serve() {
        while (!waiting.isEmpty() && !streams.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Override
    public PeerId remotePeer() {
        return Samples.peer(peer);
    }

    @Override
    public PublicKey remoteKey() {
        return Samples.identity(peer).publicKey();
    }

    @Override
    public Multiaddr local() {
        return Samples.address("/ip4/10.0.0.99/tcp/4001");
    }

    @Override
    public Multiaddr remote() {
        return remote;
    }

    @Override
    public Direction direction() {
        return Direction.INBOUND;
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
        throw new UnsupportedOperationException("streams have their own");
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
        return memory;
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
