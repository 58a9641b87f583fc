package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.host.Host;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever uses a service keeps the connection that carries it. */
class ProtectedSessionsTest {
    private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes();
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
    }

    @Test
    void bothEndsProtectEachOtherWhileAnySessionIsOpen() throws Exception {
        nodes.expose();
        TcpProxy proxy = nodes.proxy();
        Socket first = nodes.connect(proxy);
        Socket firstService = nodes.accept();
        Socket second = nodes.connect(proxy);
        Socket secondService = nodes.accept();
        Patience.until(
                "both protect",
                () -> !reasons(nodes.client, nodes.server).isEmpty()
                        && !reasons(nodes.server, nodes.client).isEmpty());
        assertBothProtect();

        end(first, firstService);
        assertBothProtect();

        end(second, secondService);
        Patience.until(
                "nobody protects",
                () -> reasons(nodes.client, nodes.server).isEmpty()
                        && reasons(nodes.server, nodes.client).isEmpty());
    }

    @Test
    void whoIsRefusedIsNotProtected() throws Exception {
        nodes.expose(
                nodes.serviceAddress(), Optional.of(Set.of(Identity.generate().peerId())));
        nodes.connect(nodes.proxy());
        TwoNodes.next(nodes.serverEvents, SessionEvent.Failed.class);
        assertThat(reasons(nodes.server, nodes.client)).isEmpty();
    }

    private void assertBothProtect() {
        assertThat(reasons(nodes.client, nodes.server)).containsExactly("service-stream");
        assertThat(reasons(nodes.server, nodes.client)).containsExactly("service-stream");
    }

    private void end(Socket client, Socket service) throws Exception {
        client.shutdownOutput();
        service.shutdownOutput();
        TwoNodes.next(nodes.clientEvents, SessionEvent.Ended.class);
        TwoNodes.next(nodes.serverEvents, SessionEvent.Ended.class);
    }

    private static Set<String> reasons(Host of, Host peer) {
        return of.swarm().protections().reasons(peer.peerId(), of.strands().nanoTime());
    }
}
