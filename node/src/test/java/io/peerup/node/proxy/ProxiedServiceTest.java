package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.node.proxy.netty.LocalSocketBroken;
import io.peerup.node.proxy.netty.Traffic;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets on both ends, two hosts between them. */
class ProxiedServiceTest {
    private static final int MEGABYTE = 1_000_000;

    private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes();
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
    }

    // ── bytes ──

    @Test
    void whatTheClientSaysReachesTheServiceAndBack() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        client.getOutputStream().write(new byte[] {1, 2, 3});
        assertThat(service.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        service.getOutputStream().write(new byte[] {4, 5});
        assertThat(client.getInputStream().readNBytes(2)).containsExactly(4, 5);

        SessionEvent.Opened opened = TwoNodes.next(nodes.clientEvents, SessionEvent.Opened.class);
        assertThat(opened.session().path()).isEqualTo(Session.Path.DIRECT);
        assertThat(opened.session().limit()).isEmpty();
        assertThat(opened.session().peer()).isEqualTo(nodes.server.peerId());
        client.shutdownOutput();
        service.shutdownOutput();
        SessionEvent.Ended ended = TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class);
        assertThat(ended.reason()).isEqualTo(new CloseReason.Finished());
        assertThat(ended.traffic()).isEqualTo(new Traffic(3, 2));
        assertThat(TwoNodes.next(nodes.serverEvents, SessionEvent.Ended.class).traffic())
                .isEqualTo(new Traffic(2, 3));
    }

    @Test
    void whatAnImpatientClientSendsAndEndsBeforeThereIsAStreamArrives() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        client.getOutputStream().write(new byte[100_000]);
        client.shutdownOutput();
        Socket service = nodes.accept();
        assertThat(service.getInputStream().readAllBytes()).hasSize(100_000);
    }

    @Test
    void theClientMayEndFirstAndStillReceive() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        client.getOutputStream().write(new byte[10]);
        client.shutdownOutput();
        assertThat(service.getInputStream().readAllBytes()).hasSize(10);
        service.getOutputStream().write(new byte[500_000]);
        service.close();
        assertThat(client.getInputStream().readAllBytes()).hasSize(500_000);
    }

    @Test
    void theServiceMayEndFirstAndStillReceive() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        service.getOutputStream().write(new byte[10]);
        service.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).hasSize(10);
        client.getOutputStream().write(new byte[500_000]);
        client.close();
        assertThat(service.getInputStream().readAllBytes()).hasSize(500_000);
    }

    @Test
    void twentyMegabytesEachWayAtOnceArriveAsTheyWereSent() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        byte[] up = random(20 * MEGABYTE, 1);
        byte[] down = random(20 * MEGABYTE, 2);
        CompletableFuture<Void> sendingUp = send(client, up);
        CompletableFuture<Void> sendingDown = send(service, down);
        CompletableFuture<String> receivedUp = receive(service);
        assertThat(receive(client).get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(sha256(down));
        assertThat(receivedUp.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(sha256(up));
        sendingUp.get(Patience.SECONDS, TimeUnit.SECONDS);
        sendingDown.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void twoHundredConnectionsAtOnceAllGetTheirAnswer() throws Exception {
        nodes.expose();
        TcpProxy proxy = nodes.proxy();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Socket client = nodes.connect(proxy);
            client.getOutputStream().write(new byte[] {(byte) i});
            clients.add(client);
        }
        for (int i = 0; i < 200; i++) {
            Socket service = nodes.accept();
            int asked = service.getInputStream().read();
            service.getOutputStream().write(new byte[] {(byte) asked, 7});
            service.close();
        }
        for (int i = 0; i < 200; i++) {
            assertThat(clients.get(i).getInputStream().readAllBytes()).containsExactly(i, 7);
        }
    }

    @Test
    void aSlowReaderHoldsTheSenderBack() throws Exception {
        nodes.expose();
        TcpProxy proxy = nodes.proxy();
        byte[] pattern = random(MEGABYTE, 3);
        try (SocketChannel client = SocketChannel.open(proxy.address())) {
            Socket service = nodes.accept();
            client.configureBlocking(false);
            long sent = sendUntilHeldBack(client, pattern);
            // What the kernel keeps for four sockets, one stream window, two outbound buffers; not what was offered.
            assertThat(sent).isLessThan(40L * MEGABYTE);
            client.configureBlocking(true);
            client.shutdownOutput();
            MessageDigest expected = MessageDigest.getInstance("SHA-256");
            for (long left = sent; left > 0; left -= MEGABYTE) {
                expected.update(pattern, 0, (int) Math.min(left, MEGABYTE));
            }
            assertThat(receive(service).get(Patience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(HexFormat.of().formatHex(expected.digest()));
        }
    }

    // ── broken ends ──

    @Test
    void aServiceThatBreaksOffIsAnErrorForTheClientAndNoEnd() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        service.getOutputStream().write(new byte[1000]);
        assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
        service.setSoLinger(true, 0);
        service.close();
        assertBroken(client);
        assertThat(TwoNodes.next(nodes.serverEvents, SessionEvent.Ended.class).line())
                .contains("the local service broke off");
    }

    @Test
    void aClientThatBreaksOffIsAnErrorForTheServiceAndNoEnd() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        client.getOutputStream().write(new byte[1000]);
        assertThat(service.getInputStream().readNBytes(1000)).hasSize(1000);
        client.setSoLinger(true, 0);
        client.close();
        assertBroken(service);
        SessionEvent.Ended ended = TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class);
        assertThat(ended.reason())
                .isInstanceOfSatisfying(
                        CloseReason.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(LocalSocketBroken.class));
        assertThat(ended.line()).contains("the local client broke off");
    }

    @Test
    void aClientThatBreaksOffWhileItIsHeldBackIsNoticed() throws Exception {
        nodes.expose();
        TcpProxy proxy = nodes.proxy();
        SocketChannel client = SocketChannel.open(proxy.address());
        Socket service = nodes.accept();
        client.configureBlocking(false);
        sendUntilHeldBack(client, new byte[MEGABYTE]);
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class).reason())
                .isInstanceOf(CloseReason.Failed.class);
        assertBroken(service);
    }

    @Test
    void aLostConnectionIsAnErrorOnBothEnds() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        service.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isOne();
        nodes.client.swarm().connections().forEach(connection -> connection.close(ErrorCode.NONE));
        assertBroken(client);
        assertBroken(service);
    }

    // ── refusals ──

    @Test
    void aServiceThatIsDownResetsTheClientAndSaysWhereToLook() throws Exception {
        nodes.expose();
        nodes.service.close();
        Socket client = nodes.connect(nodes.proxy());
        assertBroken(client);
        assertThat(TwoNodes.next(nodes.serverEvents, SessionEvent.Failed.class).line())
                .isEqualTo("service test: nothing listens on 127.0.0.1:" + nodes.service.getLocalPort()
                        + "; start the service or check its local_address");
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class).line())
                .contains("is the service running there?");
    }

    @Test
    void aServiceThatIsNamedByHostIsFound() throws Exception {
        nodes.expose(InetSocketAddress.createUnresolved("localhost", nodes.service.getLocalPort()), Optional.empty());
        Socket client = nodes.connect(nodes.proxy());
        client.getOutputStream().write(9);
        assertThat(nodes.accept().getInputStream().read()).isEqualTo(9);
    }

    @Test
    void aPeerThatIsNotAllowedIsReset() throws Exception {
        nodes.expose(
                nodes.serviceAddress(), Optional.of(Set.of(Identity.generate().peerId())));
        Socket client = nodes.connect(nodes.proxy());
        assertBroken(client);
        assertThat(TwoNodes.next(nodes.serverEvents, SessionEvent.Failed.class).line())
                .isEqualTo("service test: refused, peer "
                        + nodes.client.peerId().shortId() + " is not in its allowed_peers");
        SessionEvent.Ended ended = TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class);
        assertThat(ended.reason()).isEqualTo(new CloseReason.Remote(ErrorCode.GATED.streamCode()));
        assertThat(ended.line()).contains("does not let this node use the service");
        assertThat(nodes.serverEvents).as("asked again").isEmpty();
    }

    @Test
    void aPeerThatIsAllowedIsServed() throws Exception {
        nodes.expose(nodes.serviceAddress(), Optional.of(Set.of(nodes.client.peerId())));
        Socket client = nodes.connect(nodes.proxy());
        client.getOutputStream().write(9);
        assertThat(nodes.accept().getInputStream().read()).isEqualTo(9);
    }

    @Test
    void aServiceThatThePeerDoesNotHaveResetsTheClientAtOnce() throws Exception {
        Socket client = nodes.connect(nodes.proxy());
        assertBroken(client);
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Failed.class).line())
                .isEqualTo("service test: " + nodes.server.peerId().shortId()
                        + " offers no service test (/peerup/test/1.0.0)");
    }

    // ── what the tests do over and over ──

    private static void assertBroken(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    /** Until the socket has taken nothing for a while. */
    private static long sendUntilHeldBack(SocketChannel socket, byte[] pattern) throws Exception {
        long sent = 0;
        for (int idle = 0; idle < 20 && sent < 100L * MEGABYTE; ) {
            int written =
                    socket.write(ByteBuffer.wrap(pattern, (int) (sent % MEGABYTE), MEGABYTE - (int) (sent % MEGABYTE)));
            sent += written;
            if (written == 0) {
                idle++;
                Thread.sleep(50);
            } else {
                idle = 0;
            }
        }
        return sent;
    }

    private static CompletableFuture<Void> send(Socket socket, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        OutputStream out = socket.getOutputStream();
                        out.write(bytes);
                        socket.shutdownOutput();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static CompletableFuture<String> receive(Socket socket) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        InputStream in = socket.getInputStream();
                        MessageDigest digest = MessageDigest.getInstance("SHA-256");
                        byte[] piece = new byte[64 << 10];
                        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                            digest.update(piece, 0, read);
                        }
                        return HexFormat.of().formatHex(digest.digest());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
