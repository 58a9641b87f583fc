package io.peerup.testkit.swarm;

import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.ConnectionScope;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** A network that is the test: it says which dial succeeds, and who comes in. Dials TCP and circuits. */
final class FakeTransport implements Transport {
    final List<Dialed<?>> dials = new ArrayList<>();
    final List<Listening> listeners = new ArrayList<>();
    final List<FakeMuxed> connections = new ArrayList<>();

    /** What binding waits for: nothing, unless the test says so. */
    CompletableFuture<Void> binding = CompletableFuture.completedFuture(null);

    private final ResourceScopes resources;
    private final EmbeddedChannel loop = new EmbeddedChannel();

    FakeTransport(ResourceScopes resources) {
        this.resources = resources;
    }

    // ── what the network does ──

    /** The dials under way, oldest first. */
    List<Multiaddr> underWay() {
        return dials.stream()
                .filter(dial -> !dial.connection.isDone())
                .map(dial -> dial.address)
                .toList();
    }

    /** The last dial of an address. */
    Dialed<?> dial(Multiaddr address) {
        return dials.stream()
                .filter(dial -> dial.address.equals(address))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new AssertionError(address + " was not dialed, but " + underWay()));
    }

    /** Somebody comes in through the first listener. */
    void accepts(Identity who, Multiaddr from, Optional<ConnectionLimit> limit, FakeMuxed muxed) {
        listeners.getFirst().accepted.accept(upgraded(who, Direction.INBOUND, from, limit, muxed));
    }

    private UpgradedConnection upgraded(
            Identity who, Direction direction, Multiaddr remote, Optional<ConnectionLimit> limit, FakeMuxed muxed) {
        connections.add(muxed);
        ConnectionScope scope =
                ((Admission.Granted<ConnectionScope>) resources.openConnection(direction, remote)).scope();
        muxed.closed().thenRun(scope::close);
        return new UpgradedConnection(
                who.peerId(),
                who.publicKey(),
                direction,
                Role.of(direction),
                SimNode.LISTEN,
                remote,
                limit,
                ProtocolId.of("/fake/security"),
                ProtocolId.of("/fake/muxer"),
                true,
                loop.eventLoop(),
                muxed,
                scope);
    }

    // ── the transport ──

    @Override
    public boolean dials(Multiaddr address) {
        return address.isRelayed() || address.tcpAddress().isPresent();
    }

    @Override
    public boolean listens(Multiaddr address) {
        return dials(address);
    }

    @Override
    public <T> Attempt<T> dial(Multiaddr address, PeerId peer, Role role, Function<UpgradedConnection, T> adopt) {
        Dialed<T> dial = new Dialed<>(address, adopt);
        dials.add(dial);
        return dial;
    }

    @Override
    public CompletionStage<Listener> listen(Multiaddr address, Consumer<UpgradedConnection> accepted) {
        Listening listening = new Listening(address, accepted);
        listeners.add(listening);
        return binding.thenApply(bound -> listening);
    }

    /** A dial under way. */
    final class Dialed<T> implements Attempt<T> {
        final Multiaddr address;
        final CompletableFuture<T> connection = new CompletableFuture<>();
        private final Function<UpgradedConnection, T> adopt;

        private Dialed(Multiaddr address, Function<UpgradedConnection, T> adopt) {
            this.address = address;
            this.adopt = adopt;
        }

        /** The peer answers and proves who it is. */
        FakeMuxed reaches(Identity who, Optional<ConnectionLimit> limit) {
            return reaches(who, limit, () -> {});
        }

        /** The same, with something that happens between the adoption and the word of it. */
        FakeMuxed reaches(Identity who, Optional<ConnectionLimit> limit, Runnable meanwhile) {
            FakeMuxed muxed = new FakeMuxed();
            if (connection.isDone()) {
                muxed.close(ErrorCode.NONE.connectionCode());
                return muxed;
            }
            try {
                T adopted = adopt.apply(upgraded(who, Direction.OUTBOUND, address, limit, muxed));
                meanwhile.run();
                connection.complete(adopted);
            } catch (RuntimeException notWanted) {
                connection.completeExceptionally(notWanted);
            }
            return muxed;
        }

        void fails(String why) {
            connection.completeExceptionally(new ConnectException(why));
        }

        boolean isCancelled() {
            return connection.isDone() && connection.state() == Future.State.CANCELLED;
        }

        @Override
        public CompletionStage<T> connection() {
            return connection;
        }

        @Override
        public void cancel() {
            connection.completeExceptionally(new CancellationException("cancelled"));
        }
    }

    /** A listener. */
    static final class Listening implements Listener {
        boolean stopped;
        boolean broken;
        private final Multiaddr address;
        private final Consumer<UpgradedConnection> accepted;

        private Listening(Multiaddr address, Consumer<UpgradedConnection> accepted) {
            this.address = address;
            this.accepted = accepted;
        }

        @Override
        public Multiaddr address() {
            return address;
        }

        @Override
        public CompletionStage<Void> close() {
            if (broken) {
                throw new IllegalStateException("out of order");
            }
            stopped = true;
            return CompletableFuture.completedStage(null);
        }
    }
}
