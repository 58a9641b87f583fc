package io.peerup.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.identify.netty.Ping;
import io.peerup.swarm.Connection;
import io.peerup.swarm.DialOutcome;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host offers beyond dialing: relaying, being reached through a relay, and listening on what there is. */
class RelayedHostsTest {
    private static final long PATIENCE_SECONDS = 30;

    private final List<Host> hosts = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Host host : hosts.reversed()) {
            host.close(Duration.ZERO);
        }
    }

    @Test
    void oneHostReachesAnotherThroughAThird() throws Exception {
        Host relay = host("/ip4/127.0.0.1/tcp/0");
        relay.serveRelay(RelayLimits.defaults());
        Multiaddr relayAddress = relay.swarm().selfAddresses().listening().getFirst();
        Host home = host();
        CompletableFuture<ReservationState> reserved = new CompletableFuture<>();
        home.keepReservations(StaticRelay.of(List.of(relayAddress.withPeerId(relay.peerId()))), (peer, state) -> {
            if (state instanceof ReservationState.Reserved) {
                reserved.complete(state);
            }
        });
        reserved.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        Host laptop = host();
        Connection connection = connect(laptop, home, CircuitAddress.through(relayAddress, relay.peerId()));

        assertThat(connection.isRelayed()).isTrue();
        assertThat(connection.limit()).isPresent();
        assertThat(Ping.once(connection, Duration.ofSeconds(PATIENCE_SECONDS), System::nanoTime)
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(Ping.Outcome.Answered.class);
    }

    @Test
    void bothFamiliesMayHaveTheSamePort() throws Exception {
        Host host = host("/ip4/0.0.0.0/tcp/0");
        int port = host.swarm()
                .selfAddresses()
                .listening()
                .getFirst()
                .tcpAddress()
                .orElseThrow()
                .getPort();

        host.listen(List.of(Multiaddr.parse("/ip6/::/tcp/" + port)));

        connect(host(), host, Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port));
    }

    @Test
    void addressesWithoutATransportAreLeftOut() throws Exception {
        Multiaddr quic = Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1");
        Host host = host();
        assertThat(host.listen(List.of(quic, Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))))
                .containsExactly(quic);
        assertThat(host.swarm().selfAddresses().listening()).hasSize(1);
    }

    @Test
    void aPortThatAnotherHostHasIsOneLine() throws Exception {
        Multiaddr taken =
                host("/ip4/127.0.0.1/tcp/0").swarm().selfAddresses().listening().getFirst();
        assertThatThrownBy(() -> host(taken.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken.toString())
                .hasMessageContaining("another process listens there");
    }

    private Host host(String... listen) throws Exception {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String address : listen) {
            addresses.add(Multiaddr.parse(address));
        }
        Host host = Host.start(HostConfig.of(Identity.generate(), "test/1").listeningOn(addresses));
        hosts.add(host);
        return host;
    }

    private static Connection connect(Host from, Host to, Multiaddr address) throws Exception {
        DialOutcome outcome = from.swarm()
                .dial(to.peerId(), List.of(address))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return switch (outcome) {
            case DialOutcome.Connected(Connection connection, boolean fresh) -> connection;
            case DialOutcome.Failed failed -> throw new AssertionError(failed.line());
            case DialOutcome.Itself itself -> throw new AssertionError(itself);
            case DialOutcome.Gated denied -> throw new AssertionError(denied);
        };
    }
}
