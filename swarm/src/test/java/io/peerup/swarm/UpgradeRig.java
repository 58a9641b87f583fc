package io.peerup.swarm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.SecureChannel.Secured;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An upgrader whose security proves what the test says, when it says so, on channels whose other end is the test. Time
 * stands still unless a case says otherwise.
 */
final class UpgradeRig {
    static final int MAX_STRANGERS = 8;
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Identity PEER = Identity.ofEd25519Seed(new byte[32]);
    static final ProtocolId SECURITY = ProtocolId.of("/fake/security");
    static final ProtocolId MUXER = ProtocolId.of("/fake/muxer");

    final ResourceScopes resources = new ResourceScopes(
            ResourceLimits.unlimited()
                    .withUnderWay(ScopeLimits.unlimited().withConnections(MAX_STRANGERS, ScopeLimits.UNLIMITED)),
            () -> 0);
    final FakeSecurity security = new FakeSecurity();
    final FakeMuxer muxer = new FakeMuxer();
    final Upgrader upgrader;

    UpgradeRig(ConnectionGater gater) {
        this.upgrader = new Upgrader(List.of(security), List.of(muxer), gater, resources, PATIENCE);
    }

    /** An upgrade of a connection that came in or that we dialed, in the role that goes with it. */
    Case begin(Direction direction, Optional<PeerId> expected) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        RawConnection raw = new RawConnection(
                channel,
                direction,
                address("/ip4/11.0.0.1/tcp/4001"),
                address("/ip4/11.0.0.2/tcp/50000"),
                Optional.empty());
        return new Case(
                channel, upgrader.upgrade(raw, Role.of(direction), expected).toCompletableFuture());
    }

    static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (ProtocolViolation typo) {
            throw new AssertionError(typo);
        }
    }

    /** One upgrade and its wire. */
    record Case(EmbeddedChannel channel, CompletableFuture<UpgradedConnection> result) {
        void receive(String text) {
            receive(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void receive(byte[] bytes) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }

        String sent() {
            channel.runPendingTasks();
            StringBuilder all = new StringBuilder();
            for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
                all.append(next.toString(StandardCharsets.ISO_8859_1));
                next.release();
            }
            return all.toString();
        }

        void pass(Duration time) {
            channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
            channel.runPendingTasks();
        }

        UpgradeFailed failure() {
            channel.runPendingTasks();
            return (UpgradeFailed) result.exceptionNow();
        }

        void end() {
            channel.finishAndReleaseAll();
        }
    }

    /** Says who is there when the test wants it to. */
    static final class FakeSecurity implements SecureChannel {
        final List<CompletableFuture<Secured>> handshakes = new ArrayList<>();

        @Override
        public ProtocolId id() {
            return SECURITY;
        }

        @Override
        public CompletionStage<Secured> secure(
                Channel raw, Role role, Optional<PeerId> expected, List<ProtocolId> muxers) {
            CompletableFuture<Secured> handshake = new CompletableFuture<>();
            handshakes.add(handshake);
            return handshake;
        }

        void prove(Optional<ProtocolId> early) {
            handshakes.getLast().complete(new Secured(PEER.peerId(), PEER.publicKey(), early));
        }
    }

    /** Carries nothing and remembers how it was closed. */
    static final class FakeMuxer implements Muxer, MuxedConnection {
        final List<Role> attached = new ArrayList<>();
        final List<Long> closedWith = new ArrayList<>();
        private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

        @Override
        public ProtocolId id() {
            return MUXER;
        }

        @Override
        public MuxedConnection attach(Channel secured, Role role, MemoryBudget memory) {
            attached.add(role);
            return this;
        }

        @Override
        public void acceptStreams(Consumer<MuxedStream> acceptor) {}

        @Override
        public CompletionStage<MuxedStream> openStream() {
            throw new UnsupportedOperationException("no streams here");
        }

        @Override
        public int openStreams() {
            return 0;
        }

        @Override
        public OptionalLong roundTripNanos() {
            return OptionalLong.empty();
        }

        @Override
        public void close(long code) {
            closedWith.add(code);
            closed.complete(new CloseReason.Local(code));
        }

        @Override
        public CompletionStage<CloseReason> closed() {
            return closed;
        }
    }
}
