package io.peerup.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that may have two sockets. */
@Timeout(180)
class CountedSocketsTest {
    private static final PeerId SOMEBODY = Identity.generate().peerId();

    private final EventLoops loops = EventLoops.start(1);
    private final Swarm node = CrampedNode.swarm(
            Identity.generate(),
            loops,
            ResourceLimits.unlimited().withSystem(ScopeLimits.unlimited().withFileDescriptors(2)));

    @AfterEach
    void end() throws Exception {
        node.close(Duration.ZERO);
        loops.close().sync();
    }

    @Test
    void listenersCountUntilTheyAreClosed() throws Exception {
        listen();
        listen();
        assertThat(sockets()).isEqualTo(2);
        assertThatThrownBy(this::listen)
                .hasMessageEndingWith("/tcp/0: the limit of 2 file descriptors for the node is reached");
        node.close(Duration.ZERO);
        awaitSockets(0);
    }

    @Test
    void withoutADescriptorNothingIsDialed() throws Exception {
        listen();
        listen();
        try (ServerSocket somewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(dial(somewhere.getLocalPort()))
                    .endsWith("(the limit of 2 file descriptors for the node is reached)");
        }
        assertThat(sockets()).isEqualTo(2);
    }

    @Test
    void aDialThatFailsGivesItsDescriptorBack() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        listen();
        for (int i = 0; i < 5; i++) {
            assertThat(dial(nobody)).endsWith("(connection refused)");
            awaitSockets(1);
        }
        Patience.until(
                "nothing is under way",
                () -> node.resources().heldUnderWay().values().stream().allMatch(held -> held == 0));
        assertThat(node.resources().heldUnderWay()).isNotEmpty();
    }

    private void listen() throws Exception {
        try {
            node.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    private String dial(int port) throws Exception {
        DialOutcome outcome = node.dial(SOMEBODY, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port)))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return ((DialOutcome.Failed) outcome).line();
    }

    private void awaitSockets(long count) throws InterruptedException {
        Patience.until(count + " sockets", () -> sockets() == count);
    }

    private long sockets() {
        return node.resources().held().getOrDefault(Resource.FILE_DESCRIPTORS, -1L);
    }
}
