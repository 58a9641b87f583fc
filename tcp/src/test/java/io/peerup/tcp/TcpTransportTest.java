package io.peerup.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Role;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What TCP does beyond the contract, with sockets that the test opens itself. */
@Timeout(60)
class TcpTransportTest extends TcpContract {
    private static final PeerId ANYBODY = Identity.generate().peerId();

    TcpTransportTest() {
        super(address(127, 0, 0, 1), EventLoops.start(1));
    }

    // ── listening ──

    @Test
    void aPortThatAnotherListenerWouldShareIsTakenAllTheSame() throws Exception {
        try (ServerSocket another = new ServerSocket()) {
            another.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            another.bind(new InetSocketAddress(loopback(), 0));
            Multiaddr taken = at(another.getLocalPort());
            assertThat(assertOneLine(new Peer().listening(taken)))
                    .isEqualTo("cannot listen on " + taken + ": another process listens there");
        }
    }

    @Test
    void aPortThatAnotherListensOnEverywhereIsTaken() throws Exception {
        try (ServerSocket another = new ServerSocket(0)) {
            Multiaddr taken = at(another.getLocalPort());
            assertThat(assertOneLine(new Peer().listening(taken))).contains("another process listens there");
        }
    }

    @Test
    void anAddressThatIsNotOursIsOneLine() throws Exception {
        Multiaddr foreign = Multiaddr.parse("/ip4/192.0.2.1/tcp/0");
        assertThat(assertOneLine(new Peer().listening(foreign))).startsWith("cannot listen on " + foreign);
    }

    @Test
    void whoConnectsAndSaysNothingIsShownOut() throws Exception {
        Transport.Listener listener = impatient()
                .listen(anyPort(), connection -> {
                    throw new AssertionError("nobody was upgraded");
                })
                .toCompletableFuture()
                .join();
        try (Socket silent = connect(listener.address())) {
            assertEnds(silent);
        }
    }

    @Test
    void whoSpeaksAnotherProtocolIsShownOut() throws Exception {
        Multiaddr address = new Peer().listen(anyPort()).address();
        try (Socket browser = connect(address);
                OutputStream out = browser.getOutputStream()) {
            out.write(("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + "a browser ".repeat(8) + "\r\n\r\n")
                    .getBytes(US_ASCII));
            assertEnds(browser);
        }
    }

    // ── dialing ──

    @Test
    void cancellingADialClosesItsSocket() throws Exception {
        Transport.Attempt<UpgradedConnection> attempt = new Peer().dialing(somebodySilent(), ANYBODY);
        try (Socket accepted = silent().accept()) {
            attempt.cancel();
            assertEnds(accepted);
        }
    }

    @Test
    void givingUpOnASilentPeerClosesTheSocket() throws Exception {
        impatient().dial(somebodySilent(), ANYBODY, Role.INITIATOR, connection -> connection);
        try (Socket accepted = silent().accept()) {
            assertEnds(accepted);
        }
    }

    @Test
    void aRefusedConnectionIsCalledSo() throws Exception {
        assertThat(assertOneLine(new Peer().dialing(nobody(), ANYBODY).connection()))
                .isEqualTo("connection refused");
    }

    @Test
    void aPortThatDoesNotAnswerIsCalledSo() throws Exception {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, loopback())) {
            // One more than the backlog is let in; the kernel drops whoever comes then.
            for (int i = 0; i < 2; i++) {
                queue.add(new Socket(loopback(), full.getLocalPort()));
            }
            assertThat(assertOneLine(
                            new Peer().dialing(at(full.getLocalPort()), ANYBODY).connection()))
                    .isEqualTo("no answer within 1 s");
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void aSecondConnectionToTheSamePlaceComesFromAnotherPort() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr from = alice.listen(anyPort()).address();
        Multiaddr to = bob.listen(anyPort()).address();
        assertThat(alice.dial(to, bob.id()).local()).isEqualTo(from);
        UpgradedConnection second = alice.dial(to, bob.id());
        assertThat(second.local()).isNotEqualTo(from);
        assertEchoes(second);
    }

    @Test
    void dialingItselfFindsItself() throws Exception {
        Peer alice = new Peer();
        Multiaddr own = alice.listen(anyPort()).address();
        assertThat(alice.dial(own, alice.id()).remotePeer()).isEqualTo(alice.id());
    }

    @Test
    void afterItsListenerClosedDialsComeFromAnyPort() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Transport.Listener listener = alice.listen(anyPort());
        await(listener.close());
        UpgradedConnection dialed = alice.dial(bob.listen(anyPort()).address(), bob.id());
        assertThat(dialed.local()).isNotEqualTo(listener.address());
    }

    @Test
    void aClosedConnectionCanBeDialedAgainFromTheSamePort() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        Multiaddr from = alice.listen(anyPort()).address();
        Multiaddr to = bob.listen(anyPort()).address();
        for (int i = 0; i < 3; i++) {
            UpgradedConnection dialed = alice.dial(to, bob.id());
            assertThat(dialed.local()).isEqualTo(from);
            UpgradedConnection accepted = bob.accepts();
            dialed.muxed().close(0);
            await(dialed.muxed().closed());
            await(accepted.muxed().closed());
        }
    }

    @Test
    void whoeverClosesLeavesNothingBehindInTheKernel() throws Exception {
        Transport.Attempt<UpgradedConnection> attempt = new Peer().dialing(somebodySilent(), ANYBODY);
        try (Socket accepted = silent().accept()) {
            accepted.getInputStream().readNBytes(1);
            attempt.cancel();
            // An RST and not a FIN, or the port would be in TIME_WAIT.
            assertThatThrownBy(() -> accepted.getInputStream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
        }
    }

    // ── options ──

    @Test
    void bothEndsAreTunedAlike() throws Exception {
        Peer alice = new Peer();
        Peer bob = new Peer();
        UpgradedConnection dialed = alice.dial(bob.listen(anyPort()).address(), bob.id());
        for (UpgradedConnection connection : List.of(dialed, bob.accepts())) {
            Channel socket = socketOf(connection);
            assertThat(socket.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
            assertThat(socket.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(socket.config().getOption(ChannelOption.SO_LINGER)).isZero();
            assertThat(socket.config().isAutoRead()).isTrue();
            assertThat(socket.config().getWriteBufferWaterMark()).isEqualTo(SocketOptions.WATER_MARK);
        }
    }

    @Test
    void onlyPlainTcpAddressesAreOurs() throws ProtocolViolation {
        Transport transport = impatient();
        for (String other : List.of(
                "/ip4/127.0.0.1/udp/1/quic-v1",
                "/ip4/127.0.0.1/tcp/1/ws",
                "/dns4/localhost/tcp/1",
                "/ip4/127.0.0.1/tcp/1/p2p/" + ANYBODY + "/p2p-circuit")) {
            assertThat(transport.dials(Multiaddr.parse(other))).as(other).isFalse();
            assertThat(transport.listens(Multiaddr.parse(other))).as(other).isFalse();
        }
    }

    private Transport impatient() {
        return transport(Identity.generate(), Duration.ofMillis(300));
    }

    private static Channel socketOf(UpgradedConnection connection) throws Exception {
        MuxedStream stream = open(connection);
        Channel socket = stream.channel().parent();
        stream.reset(0);
        return socket;
    }

    private static Socket connect(Multiaddr address) throws IOException {
        InetSocketAddress to = address.tcpAddress().orElseThrow();
        return new Socket(to.getAddress(), to.getPort());
    }

    /** The other side closes or resets; whatever it says before does not matter. */
    private static void assertEnds(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
