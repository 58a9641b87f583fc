package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The listener and its clients, on real sockets. */
class TcpProxyTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final RetryPolicy ONE_RETRY_AT_ONCE =
            new RetryPolicy(Duration.ofSeconds(30), 1, Duration.ZERO, Duration.ZERO);

    private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes();
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
    }

    // ── listening ──

    @Test
    void aPortThatIsTakenIsOneLineWithWhatToDo() throws Exception {
        InetSocketAddress taken = nodes.proxy().address();
        assertThatThrownBy(() -> nodes.proxy(new SlowOpener(), taken, ProxyLimits.defaults()))
                .isInstanceOf(ListenProblem.class)
                .hasMessage("cannot listen on 127.0.0.1:" + taken.getPort()
                        + ": another program listens there; choose another port, or 0 for any that is free");
    }

    @Test
    void anAddressOfAnotherMachineIsOneLine() throws Exception {
        InetSocketAddress elsewhere =
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 8080);
        assertThatThrownBy(() -> nodes.proxy(new SlowOpener(), elsewhere, ProxyLimits.defaults()))
                .hasMessage("cannot listen on 192.0.2.1:8080: this machine has no such address");
    }

    @Test
    void aPortOfTheAdministratorIsOneLine() throws Exception {
        assertThat(ListenProblem.of(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 22),
                        new IOException("bind(..) failed with error(-13): Permission denied")))
                .hasMessage("cannot listen on 127.0.0.1:22: ports below 1024 are for the administrator;"
                        + " choose a higher one");
    }

    @Test
    void aListenAddressMayBeAName() throws Exception {
        nodes.expose();
        InetSocketAddress named = InetSocketAddress.createUnresolved("localhost", 0);
        StreamOpener opener =
                new SwarmStreamOpener(nodes.client.swarm(), nodes.server.peerId(), TwoNodes.PROTOCOL, "test");
        Socket client = nodes.connect(nodes.proxy(opener, named, ProxyLimits.defaults()));
        client.getOutputStream().write(5);
        assertThat(nodes.accept().getInputStream().read()).isEqualTo(5);
    }

    // ── clients that get no stream ──

    @Test
    void aPeerThatCannotBeReachedIsTriedAgainAndThenTheClientIsReset() throws Exception {
        PeerId nobody = Identity.generate().peerId();
        StreamOpener opener = new SwarmStreamOpener(nodes.client.swarm(), nobody, TwoNodes.PROTOCOL, "test");
        Socket client = nodes.connect(nodes.proxy(opener, ANY_PORT, new ProxyLimits(8, 8, ONE_RETRY_AT_ONCE)));
        assertBroken(client);
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Failed.class).line())
                .isEqualTo("service test: all 2 attempts failed: no addresses known for " + nobody);
    }

    @Test
    void aNodeIsNotItsOwnPeer() throws Exception {
        PeerId self = nodes.client.peerId();
        StreamOpener opener = new SwarmStreamOpener(nodes.client.swarm(), self, TwoNodes.PROTOCOL, "test");
        assertBroken(nodes.connect(nodes.proxy(opener, ANY_PORT, ProxyLimits.defaults())));
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Failed.class).line())
                .contains("is this node itself");
    }

    @Test
    void aClientThatHasLeftIsNotTriedForAgain() throws Exception {
        SlowOpener opener = new SlowOpener();
        TcpProxy proxy = nodes.proxy(opener, ANY_PORT, new ProxyLimits(8, 8, ONE_RETRY_AT_ONCE));
        Socket client = nodes.connect(proxy);
        client.getOutputStream().write(1);
        CompletableFuture<Void> attempt = opener.next();
        client.setSoLinger(true, 0);
        client.close();
        attempt.completeExceptionally(new StreamRefused(StreamRefused.Cause.NOT_CONNECTED, "not yet"));
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Failed.class).line())
                .isEqualTo("service test: the client left before there was a stream");
        assertThat(opener.attempts).isEmpty();
    }

    @Test
    void moreClientsThanMayWaitAreReset() throws Exception {
        SlowOpener opener = new SlowOpener();
        TcpProxy proxy = nodes.proxy(opener, ANY_PORT, new ProxyLimits(1, 8, ONE_RETRY_AT_ONCE));
        Socket first = nodes.connect(proxy);
        CompletableFuture<Void> attempt = opener.next();
        assertRefused(proxy);
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Failed.class).line())
                .isEqualTo("service test: a client was refused, 1 clients wait for the peer already");
        assertThat(proxy.waitingClients()).isOne();
        attempt.completeExceptionally(new ServiceDenied("no"));
        assertBroken(first);
        TwoNodes.next(nodes.clientEvents, SessionEvent.Failed.class);
        nodes.connect(proxy);
        opener.next();
    }

    @Test
    void moreClientsThanMayBeOpenAreResetUntilOneEnds() throws Exception {
        nodes.expose();
        StreamOpener opener =
                new SwarmStreamOpener(nodes.client.swarm(), nodes.server.peerId(), TwoNodes.PROTOCOL, "test");
        TcpProxy proxy = nodes.proxy(opener, ANY_PORT, new ProxyLimits(8, 1, ONE_RETRY_AT_ONCE));
        Socket first = nodes.connect(proxy);
        Socket service = nodes.accept();
        assertRefused(proxy);
        first.shutdownOutput();
        service.close();
        TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class);
        nodes.connect(proxy).getOutputStream().write(3);
        assertThat(nodes.accept().getInputStream().read()).isEqualTo(3);
    }

    // ── closing ──

    @Test
    void closingResetsClientsThatWait() throws Exception {
        SlowOpener opener = new SlowOpener();
        TcpProxy proxy = nodes.proxy(opener, ANY_PORT, ProxyLimits.defaults());
        Socket client = nodes.connect(proxy);
        opener.next();
        proxy.close(Duration.ofSeconds(30));
        assertBroken(client);
        assertThat(proxy.waitingClients()).isZero();
        assertThatThrownBy(() -> nodes.connect(proxy)).isInstanceOf(ConnectException.class);
    }

    @Test
    void closingResetsSessionsWhenPatienceEnds() throws Exception {
        nodes.expose();
        TcpProxy proxy = nodes.proxy();
        Socket client = nodes.connect(proxy);
        Socket service = nodes.accept();
        client.getOutputStream().write(1);
        assertThat(service.getInputStream().read()).isOne();
        proxy.close(Duration.ZERO);
        assertBroken(client);
        assertBroken(service);
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class).reason())
                .isEqualTo(new CloseReason.Local(ErrorCode.SHUTDOWN.streamCode()));
        assertThat(TwoNodes.next(nodes.serverEvents, SessionEvent.Ended.class).line())
                .contains("is shutting down");
        proxy.close(Duration.ZERO);
    }

    @Test
    void closingLetsSessionsEndThatEndInTime() throws Exception {
        nodes.expose();
        TcpProxy proxy = nodes.proxy();
        Socket client = nodes.connect(proxy);
        Socket service = nodes.accept();
        client.getOutputStream().write(1);
        assertThat(service.getInputStream().read()).isOne();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> close(proxy), Thread::startVirtualThread);
        service.getOutputStream().write(new byte[1000]);
        service.close();
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).hasSize(1000);
        closing.get(30, TimeUnit.SECONDS);
        assertThat(TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class).reason())
                .isEqualTo(new CloseReason.Finished());
    }

    @Test
    void aServiceThatIsWithdrawnEndsItsSessions() throws Exception {
        ServiceProtocol protocol = nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        client.getOutputStream().write(1);
        assertThat(service.getInputStream().read()).isOne();
        assertThat(protocol.openSessions()).isOne();
        nodes.server.swarm().unhandle(protocol.id());
        protocol.close(Duration.ZERO);
        assertBroken(client);
        assertBroken(service);
        assertThat(protocol.openSessions()).isZero();
    }

    @Test
    void aHostThatStopsWithoutAWordLeavesNoCleanEndBehind() throws Exception {
        nodes.expose();
        Socket client = nodes.connect(nodes.proxy());
        Socket service = nodes.accept();
        service.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isOne();
        nodes.client.loops().close().await();
        assertBroken(client);
        assertBroken(service);
    }

    private static void close(TcpProxy proxy) {
        try {
            proxy.close(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertBroken(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    /** The reset may be quicker than the end of the client's connect. */
    private void assertRefused(TcpProxy proxy) {
        assertThatThrownBy(() -> nodes.connect(proxy).getInputStream().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    /** Answers when the test says so. */
    private static final class SlowOpener implements StreamOpener {
        private final BlockingQueue<CompletableFuture<Void>> attempts = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> open(Attachment attachment) {
            CompletableFuture<Void> attempt = new CompletableFuture<>();
            attempts.add(attempt);
            return attempt;
        }

        CompletableFuture<Void> next() throws InterruptedException {
            CompletableFuture<Void> attempt = attempts.poll(30, TimeUnit.SECONDS);
            if (attempt == null) {
                throw new AssertionError("nobody asked for a stream");
            }
            return attempt;
        }
    }
}
