package io.peerup.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.noise.netty.Noise;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.AddressLimits;
import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ScopeKind;
import io.peerup.swarm.strands.VirtualStrands;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many sockets from one address of the loopback, which counts here like any other, and an honest peer at another. */
@Timeout(180)
class CrowdedAddressTest {
    private static final ResourceLimits LIMITS =
            ResourceLimits.defaults().withAddresses(AddressLimits.defaults().alsoOnLoopback());

    private final EventLoops loops = EventLoops.start(1);
    private final Swarm server = node(Identity.generate());
    private final Swarm honest = node(Identity.generate());
    private final List<Socket> crowd = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Socket socket : crowd) {
            socket.close();
        }
        honest.close(Duration.ZERO);
        server.close(Duration.ZERO);
        loops.close().sync();
    }

    @Test
    void theNinthOfAnAddressIsShownOutWhileAnotherAddressIsServed() throws Exception {
        Multiaddr address = listen(server, "/ip4/127.0.0.1/tcp/0");
        InetSocketAddress door = address.tcpAddress().orElseThrow();
        for (int i = 0; i < 8; i++) {
            crowd.add(new Socket(door.getAddress(), door.getPort()));
        }
        try (Socket ninth = new Socket(door.getAddress(), door.getPort())) {
            assertThat(isShownOut(ninth)).isTrue();
        }
        assertThat(inbound()).isEqualTo(8);
        assertThat(server.resources().refusals())
                .isEqualTo(Map.of(ScopeKind.IPV4_ADDRESS, Map.of(Resource.INBOUND_CONNECTIONS, 1L)));

        listen(honest, "/ip4/127.0.0.2/tcp/0");
        DialOutcome outcome = honest.dial(server.self(), List.of(address))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(DialOutcome.Connected.class);
        assertThat(((DialOutcome.Connected) outcome)
                        .connection()
                        .local()
                        .tcpAddress()
                        .orElseThrow()
                        .getAddress())
                .isEqualTo(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
    }

    @Test
    void whoLeavesMakesRoom() throws Exception {
        InetSocketAddress door =
                listen(server, "/ip4/127.0.0.1/tcp/0").tcpAddress().orElseThrow();
        for (int i = 0; i < 8; i++) {
            crowd.add(new Socket(door.getAddress(), door.getPort()));
        }
        awaitInbound(8);
        crowd.removeFirst().close();
        awaitInbound(7);
        crowd.add(new Socket(door.getAddress(), door.getPort()));
        awaitInbound(8);
        for (Socket socket : crowd) {
            socket.close();
        }
        awaitInbound(0);
        assertThat(server.resources().held())
                .containsEntry(Resource.FILE_DESCRIPTORS, 1L) // its listener
                .containsEntry(Resource.MEMORY_BYTES, 0L);
        assertThat(server.resources().heldUnderWay().values()).containsOnly(0L);
        assertThat(server.resources().sharedScopes()).isZero();
        assertThat(server.resources().refusals()).isEmpty();
    }

    private Swarm node(Identity identity) {
        SwarmConfig config = SwarmConfig.defaults().withLimits(LIMITS);
        Swarm swarm = new Swarm(identity.peerId(), config, ConnectionGater.open(), new VirtualStrands());
        Upgrader upgrader = new Upgrader(
                List.of(Noise.of(identity)),
                List.of(new Yamux(YamuxConfig.defaults())),
                swarm.gater(),
                swarm.resources(),
                Duration.ofSeconds(50));
        swarm.addTransport(new TcpTransport(loops, upgrader, Duration.ofSeconds(5)));
        return swarm;
    }

    private static Multiaddr listen(Swarm swarm, String on) throws Exception {
        return swarm.listen(Multiaddr.parse(on)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private long inbound() {
        return Objects.requireNonNull(server.resources().held().get(Resource.INBOUND_CONNECTIONS));
    }

    private void awaitInbound(long connections) throws InterruptedException {
        Patience.until(connections + " inbound connections", () -> inbound() == connections);
    }

    /** Without a word, by FIN or RST. */
    private static boolean isShownOut(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
