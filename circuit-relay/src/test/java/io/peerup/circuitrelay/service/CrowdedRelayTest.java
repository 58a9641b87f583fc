package io.peerup.circuitrelay.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.noise.netty.Noise;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.strands.VirtualStrands;
import io.peerup.swarm.trimming.Watermarks;
import io.peerup.tcp.EventLoops;
import io.peerup.tcp.TcpTransport;
import io.peerup.testkit.Patience;
import io.peerup.testkit.strands.MovableClock;
import io.peerup.wire.Identity;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three hundred peers that want nothing come to a relay whose high water is 192, over loopback. */
class CrowdedRelayTest {
    private static final int CROWD = 300;
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Watermarks WATERS = new Watermarks(160, 192, GRACE, Duration.ofMillis(50));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<CloseReason> ends = Collections.synchronizedList(new ArrayList<>());
    private final MovableClock clock = new MovableClock();
    private TestNode relay;
    private TestNode home;
    private TestNode laptop;

    @BeforeEach
    void start() throws Exception {
        relay = opened(TestNode.start(2, SwarmConfig.defaults().withWatermarks(WATERS), clock));
        home = opened(TestNode.start());
        laptop = opened(TestNode.start());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void reservationsAndCircuitsSurviveTheCrowd() throws Exception {
        Relay service = relay.relay(RelayLimits.defaults().withCircuits(16, Optional.empty()));
        opened(home.keepAt(relay));
        home.state(ReservationState.Reserved.class::isInstance);
        Connection circuit = laptop.circuit(relay, home.id());
        TestNode.Echoing before = TestNode.echo(circuit);

        crowd();
        assertThat(ends).isEmpty();
        clock.moveOn(GRACE);
        Patience.until("the idle are trimmed", () -> ends.size() == CROWD + 1 - WATERS.low());

        assertThat(ends).containsOnly(new CloseReason.Remote(0x1005));
        assertThat(service.reservations()).containsExactly(home.id());
        assertThat(home.states).isEmpty();
        assertThat(relay.swarm.connections(home.id())).hasSize(1);

        before.send(new byte[] {1, 2, 3});
        before.stream().finish();
        assertThat(before.collector().all.get(TestNode.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .containsExactly(1, 2, 3);
        assertThat(TestNode.echo(laptop.circuit(relay, home.id())).stream()
                        .channel()
                        .isOpen())
                .isTrue();
    }

    @Test
    void aReservationThatIsNotProtectedDoesNotSurvive() throws Exception {
        relay.relay(RelayLimits.defaults());
        opened(home.keepAt(relay));
        home.state(ReservationState.Reserved.class::isInstance);
        relay.swarm.protections().endProtection(home.id(), "relay-reservation");
        relay.swarm.tags().tag(home.id(), "sabotage", -1);

        crowd();
        clock.moveOn(GRACE);
        home.state(ReservationState.Retrying.class::isInstance);
    }

    /** Comes, and is there when everybody is. */
    private void crowd() throws Exception {
        int before = relay.swarm.connections().size();
        EventLoops loops = EventLoops.start(1);
        List<Swarm> crowd = new ArrayList<>();
        opened(() -> {
            for (Swarm one : crowd) {
                one.close(Duration.ZERO);
            }
            loops.close().await();
        });
        for (int i = 0; i < CROWD; i++) {
            Swarm one = idler(loops);
            crowd.add(one);
            DialOutcome outcome = one.dial(relay.id(), List.of(relay.address()))
                    .toCompletableFuture()
                    .get(TestNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            DialOutcome.Connected.class,
                            connected -> connected.connection().closed().thenAccept(ends::add));
        }
        Patience.until("the crowd is there", () -> relay.swarm.connections().size() == before + CROWD);
    }

    private static Swarm idler(EventLoops loops) {
        Identity identity = Identity.generate();
        Swarm swarm =
                new Swarm(identity.peerId(), SwarmConfig.defaults(), ConnectionGater.open(), new VirtualStrands());
        swarm.addTransport(new TcpTransport(
                loops,
                new Upgrader(
                        List.of(Noise.of(identity)),
                        List.of(new Yamux(YamuxConfig.defaults())),
                        ConnectionGater.open(),
                        swarm.resources(),
                        Duration.ofSeconds(15)),
                Duration.ofSeconds(5)));
        return swarm;
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.add(closeable);
        return closeable;
    }
}
