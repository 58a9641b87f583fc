package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that has as many callers waiting as its kernel answers: the next one hears nothing. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeafServiceTest {
    private static final int BACKLOG = 1;
    private static final int MORE_THAN_ARE_ANSWERED = 8;

    private final List<SocketChannel> callers = new ArrayList<>();
    private TwoNodes nodes;
    private ServerSocket deaf;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes();
        deaf = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        for (int i = 0; i < MORE_THAN_ARE_ANSWERED; i++) {
            SocketChannel caller = SocketChannel.open();
            callers.add(caller);
            caller.configureBlocking(false);
            caller.connect(deaf.getLocalSocketAddress());
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (SocketChannel caller : callers) {
            caller.close();
        }
        deaf.close();
        nodes.close();
    }

    @Test
    void aPeerThatGoesBeforeTheServiceAnswersIsNoFailureOfTheService() throws Exception {
        ServiceProtocol exposed =
                nodes.expose(InetSocketAddress.createUnresolved("127.0.0.1", deaf.getLocalPort()), Optional.empty());
        try (Socket client = nodes.connect(nodes.proxy())) {
            awaitService(true);
            client.setSoLinger(true, 0);
        }
        awaitService(false);
        exposed.close(Duration.ZERO);
        nodes.server.close(Duration.ZERO);
        assertThat(nodes.serverEvents).isEmpty();
    }

    private void awaitService(boolean wanted) throws InterruptedException {
        while (isBeingServed() != wanted) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private boolean isBeingServed() {
        return nodes.server
                .swarm()
                .protections()
                .isProtected(nodes.client.peerId(), nodes.server.strands().nanoTime());
    }
}
