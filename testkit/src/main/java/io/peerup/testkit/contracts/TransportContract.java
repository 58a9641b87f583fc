package io.peerup.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.Role;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What every transport does, over the loopback of this machine. Extend it in a test and say which one is meant; that
 * test also ends the loops that its transports run on, and with them every connection.
 */
public abstract class TransportContract {
    /** How long the slowest machine may take for what takes no time. */
    private static final long PATIENCE_SECONDS = 20;

    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofSeconds(PATIENCE_SECONDS);

    /** A new transport of this identity. */
    protected abstract Transport transport(Identity identity, Duration upgradeTimeout);

    /** An address of this machine with port 0. */
    protected abstract Multiaddr anyPort();

    /** The address of somebody who lets others connect and never says a word. */
    protected abstract Multiaddr somebodySilent() throws Exception;

    /** An address where nobody listens. */
    protected abstract Multiaddr nobody() throws Exception;

    /** A peer with a transport of its own, and what its listener accepts. */
    protected final class Peer {
        private final Identity identity = Identity.generate();
        private final Transport transport;
        private final BlockingQueue<UpgradedConnection> accepted = new LinkedBlockingQueue<>();

        /** A peer that gives an upgrade as much time as it needs. */
        public Peer() {
            this(LATE);
        }

        Peer(Duration upgradeTimeout) {
            transport = transport(identity, upgradeTimeout);
        }

        /** Who it is. */
        public PeerId id() {
            return identity.peerId();
        }

        /** Listens and waits until it does. */
        public Transport.Listener listen(Multiaddr on) throws Exception {
            return await(listening(on));
        }

        /** Begins to listen. */
        public CompletionStage<Transport.Listener> listening(Multiaddr on) {
            return transport.listen(on, connection -> {
                connection.muxed().acceptStreams(stream -> new StreamEnd(stream).echo());
                accepted.add(connection);
            });
        }

        /** Dials and waits for the connection. */
        public UpgradedConnection dial(Multiaddr address, PeerId peer) throws Exception {
            return await(dialing(address, peer).connection());
        }

        /** Begins to dial. */
        public Transport.Attempt<UpgradedConnection> dialing(Multiaddr address, PeerId peer) {
            return dialing(address, peer, Function.identity());
        }

        Transport.Attempt<UpgradedConnection> dialing(
                Multiaddr address, PeerId peer, Function<UpgradedConnection, UpgradedConnection> adopt) {
            return transport.dial(address, peer, Role.INITIATOR, connection -> {
                connection.muxed().acceptStreams(stream -> stream.reset(0));
                return adopt.apply(connection);
            });
        }

        /** The next connection that its listener upgraded. */
        public UpgradedConnection accepts() throws InterruptedException {
            UpgradedConnection connection = accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Objects.requireNonNull(connection, "an accepted connection");
        }

        boolean hasAccepted() {
            return !accepted.isEmpty();
        }
    }

    @Test
    void aListenerOnAnyPortTellsTheOneItGot() throws Exception {
        Peer peer = new Peer();
        Multiaddr address = peer.listen(anyPort()).address();
        assertThat(address).isNotEqualTo(anyPort());
        assertThat(peer.transport.dials(address)).isTrue();
        assertThat(peer.transport.dials(anyPort())).isFalse();
        assertThat(peer.transport.listens(anyPort())).isTrue();
    }

    @Test
    void aPortThatIsFreeCanBeNamed() throws Exception {
        Multiaddr free = nobody();
        Peer peer = new Peer();
        assertThat(peer.listen(free).address()).isEqualTo(free);
        new Peer().dial(free, peer.id());
    }

    @Test
    void aDialEndsInAConnectionThatBothSidesSeeAlike() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr address = bob.listen(anyPort()).address();
        UpgradedConnection dialed = alice.dial(address, bob.id());
        UpgradedConnection accepted = bob.accepts();

        assertThat(dialed.remotePeer()).isEqualTo(bob.id());
        assertThat(dialed.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(dialed.role()).isEqualTo(Role.INITIATOR);
        assertThat(dialed.remote()).isEqualTo(address);
        assertThat(accepted.remotePeer()).isEqualTo(alice.id());
        assertThat(accepted.direction()).isEqualTo(Direction.INBOUND);
        assertThat(accepted.role()).isEqualTo(Role.RESPONDER);
        assertThat(accepted.local()).isEqualTo(address);
        assertThat(accepted.remote()).isEqualTo(dialed.local());
    }

    @Test
    void streamsRunOverIt() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        UpgradedConnection dialed = alice.dial(bob.listen(anyPort()).address(), bob.id());
        assertEchoes(dialed);
    }

    @Test
    void theAddressMayNameThePeer() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr address = bob.listen(anyPort()).address().withPeerId(bob.id());
        assertThat(alice.transport.dials(address)).isTrue();
        assertThat(alice.dial(address, bob.id()).remotePeer()).isEqualTo(bob.id());
    }

    @Test
    void somebodyElseIsRefusedInOneLine() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr address = bob.listen(anyPort()).address();
        assertOneLine(alice.dialing(address, alice.id()).connection());
    }

    @Test
    void nobodyThereIsOneLine() throws Exception {
        assertOneLine(new Peer().dialing(nobody(), Identity.generate().peerId()).connection());
    }

    @Test
    void somebodyWhoSaysNothingIsGivenUpInTime() throws Exception {
        Peer impatient = new Peer(SOON);
        assertOneLine(impatient
                .dialing(somebodySilent(), Identity.generate().peerId())
                .connection());
    }

    @Test
    void aPortThatIsTakenIsOneLineThatNamesIt() throws Exception {
        Multiaddr taken = new Peer().listen(anyPort()).address();
        assertThat(assertOneLine(new Peer().listening(taken))).contains(taken.toString());
    }

    @Test
    void aClosedListenerKeepsItsConnectionsAndFreesItsPort() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Transport.Listener listener = bob.listen(anyPort());
        UpgradedConnection dialed = alice.dial(listener.address(), bob.id());
        bob.accepts();
        await(listener.close());
        assertEchoes(dialed);
        assertOneLine(alice.dialing(listener.address(), bob.id()).connection());

        assertThat(new Peer().listen(listener.address()).address()).isEqualTo(listener.address());
        assertEchoes(dialed);
    }

    @Test
    void whoListensDialsFromThatPort() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr from = alice.listen(anyPort()).address();
        UpgradedConnection dialed = alice.dial(bob.listen(anyPort()).address(), bob.id());
        assertThat(bob.accepts().remote()).isEqualTo(from);
        assertThat(dialed.local()).isEqualTo(from);
    }

    @Test
    void aCancelledDialIsOver() throws Exception {
        Transport.Attempt<UpgradedConnection> attempt =
                new Peer().dialing(somebodySilent(), Identity.generate().peerId());
        attempt.cancel();
        attempt.cancel();
        assertOneLine(attempt.connection());
    }

    @Test
    void aConnectionThatNobodyAdoptsIsClosed() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr address = bob.listen(anyPort()).address();
        CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        Transport.Attempt<UpgradedConnection> attempt = alice.dialing(address, bob.id(), connection -> {
            connection.muxed().closed().thenAccept(closed::complete);
            throw new IllegalStateException("not wanted");
        });
        assertThat(assertOneLine(attempt.connection())).isEqualTo("not wanted");
        assertThat(await(closed)).isNotNull();
    }

    /** Waits for what must come. */
    protected static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** It fails, in words for a person that fit on one line; returns them. */
    protected static String assertOneLine(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            Object unexpected = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("came to " + unexpected);
        } catch (ExecutionException failed) {
            String line = OneLine.of(failed);
            assertThat(line).isNotBlank().doesNotContain("\n").hasSizeLessThan(200);
            return line;
        } catch (CancellationException cancelled) {
            return OneLine.of(cancelled);
        }
    }

    /** What is sent on a new stream comes back. */
    protected static void assertEchoes(UpgradedConnection connection) throws Exception {
        byte[] bytes = StreamContract.bytes(100_000);
        CompletableFuture<byte[]> echoed = new CompletableFuture<>();
        StreamEnd end = new StreamEnd(open(connection));
        end.onRead(piece -> {
            if (end.receivedBytes() >= bytes.length) {
                echoed.complete(end.received());
            }
        });
        end.send(bytes);
        assertThat(await(echoed)).isEqualTo(bytes);
        end.stream().reset(0);
    }

    /** A new stream of the connection. */
    protected static MuxedStream open(UpgradedConnection connection) throws Exception {
        CompletableFuture<MuxedStream> opened = new CompletableFuture<>();
        connection
                .eventLoop()
                .execute(() -> connection.muxed().openStream().whenComplete((stream, failure) -> {
                    if (failure == null) {
                        opened.complete(stream);
                    } else {
                        opened.completeExceptionally(failure);
                    }
                }));
        return await(opened);
    }
}
