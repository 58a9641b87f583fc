package io.peerup.circuitrelay.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.netty.HopClient;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.SelfAddresses;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real swarms over loopback: A reserves, B reaches it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RelayedSwarmsTest {
    private static final RelayLimits UNLIMITED = RelayLimits.defaults().withCircuits(16, Optional.empty());

    private TestNode relay;
    private TestNode a;
    private TestNode b;
    private final List<ReservationKeeper> keepers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        relay = TestNode.start(2);
        a = TestNode.start();
        b = TestNode.start();
    }

    @AfterEach
    void stop() throws Exception {
        keepers.forEach(ReservationKeeper::close);
        for (TestNode node : List.of(a, b, relay)) {
            node.close();
        }
    }

    @Test
    void bReachesAThroughTheRelayAndTenMegabytesComeBack() throws Exception {
        Relay service = serve(UNLIMITED);
        Connection circuit = b.circuit(relay, a.id());
        assertThat(circuit.remotePeer()).isEqualTo(a.id());
        assertThat(circuit.isRelayed()).isTrue();
        assertThat(circuit.limit()).isEmpty();
        assertThat(circuit.remote()).isEqualTo(CircuitAddress.to(a.id(), relay.address(), relay.id()));
        assertThat(service.circuits()).isOne();

        byte[] sent = new byte[10_000_000];
        new Random(1).nextBytes(sent);
        assertEchoes(circuit, sent);
    }

    @Test
    void theTwoHalvesOfACircuitRunOnTwoLoopsOfTheRelay() throws Exception {
        serve(UNLIMITED);
        b.circuit(relay, a.id());
        assertThat(relay.swarm.connections(a.id()).getFirst().eventLoop())
                .isNotSameAs(relay.swarm.connections(b.id()).getFirst().eventLoop());
    }

    @Test
    void theTwoHalvesOfACircuitMayShareALoop() throws Exception {
        relay.close();
        relay = TestNode.start(1);
        serve(UNLIMITED);
        assertEchoes(b.circuit(relay, a.id()), new byte[1_000_000]);
    }

    @Test
    void theOtherEndSeesAnIncomingCircuitOfB() throws Exception {
        serve(UNLIMITED);
        TestNode.echo(b.circuit(relay, a.id()));
        Connection incoming = incoming();
        assertThat(incoming.direction()).isEqualTo(Direction.INBOUND);
        assertThat(incoming.remote()).isEqualTo(CircuitAddress.to(b.id(), relay.address(), relay.id()));
    }

    @Test
    void aReservationIsAdvertisedAsACircuitThroughTheRelay() throws Exception {
        serve(RelayLimits.defaults());
        assertThat(a.swarm.selfAddresses().advertised())
                .contains(new SelfAddresses.Advertised(
                        CircuitAddress.through(relay.address(), relay.id()), SelfAddresses.Why.RELAYED));
        keepers.getFirst().close();
        assertThat(a.swarm.selfAddresses().advertised())
                .extracting(SelfAddresses.Advertised::why)
                .doesNotContain(SelfAddresses.Why.RELAYED);
    }

    @Test
    void theRelaysThatWeKeepToAndThoseThatCarryOurCircuitsAreProtected() throws Exception {
        serve(UNLIMITED);
        Connection circuit = b.circuit(relay, a.id());
        assertThat(reasons(a, relay)).containsExactly("kept-relay");
        assertThat(reasons(b, relay)).containsExactly("carries-circuit");
        assertThat(reasons(relay, a)).containsExactly("relay-reservation");
        assertThat(reasons(relay, b)).isEmpty();
        assertThat(relay.swarm.tags().value(b.id())).isEqualTo(2);

        circuit.close(ErrorCode.NONE);
        keepers.getFirst().close();
        Patience.until(
                "nobody is protected or valued any more",
                () -> reasons(b, relay).isEmpty()
                        && reasons(a, relay).isEmpty()
                        && relay.swarm.tags().value(b.id()) == 0);
        a.swarm.connections(relay.id()).getFirst().close(ErrorCode.NONE);
        Patience.until(
                "the reservation protects no longer", () -> reasons(relay, a).isEmpty());
    }

    @Test
    void whoeverReachesTheDataLimitIsToldSo() throws Exception {
        serve(limited(Duration.ofMinutes(10), 64 << 10));
        Connection circuit = b.circuit(relay, a.id());
        assertThat(circuit.limit())
                .contains(new ConnectionLimit(Optional.of(Duration.ofMinutes(10)), Optional.of(64L << 10)));
        Connection incoming = incoming();
        TestNode.Echoing echo = TestNode.echo(circuit);
        echo.send(new byte[200_000]);
        CloseReason reached = new CloseReason.RelayLimitReached("64 KiB per direction");
        assertThat(result(echo.stream().closed())).isEqualTo(reached);
        assertThat(result(circuit.closed())).isEqualTo(reached);
        assertThat(result(incoming.closed())).isEqualTo(reached);
    }

    @Test
    void whenTheTimeIsOverBothEndsAreToldSo() throws Exception {
        serve(limited(Duration.ofSeconds(8), 1 << 20));
        Connection circuit = b.circuit(relay, a.id());
        Connection incoming = incoming();
        CloseReason reached = new CloseReason.RelayLimitReached("8 s");
        assertThat(result(circuit.closed())).isEqualTo(reached);
        assertThat(result(incoming.closed())).isEqualTo(reached);
    }

    @Test
    void aCircuitThatIsClosedFreesItsPlace() throws Exception {
        Relay service = serve(UNLIMITED.withCircuits(1, Optional.empty()));
        Connection first = b.circuit(relay, a.id());
        assertThat(refusal(b.dial(a.id(), CircuitAddress.through(relay.address(), relay.id()))))
                .contains(StatusCode.RESOURCE_LIMIT_EXCEEDED.line());
        first.close(ErrorCode.NONE);
        assertThat(result(first.closed())).isEqualTo(new CloseReason.Local(0));
        Patience.until("the place is free", () -> service.circuits() == 0);
        assertThat(b.circuit(relay, a.id()).remotePeer()).isEqualTo(a.id());
    }

    @Test
    void everyCircuitThatCannotBeIsRefusedInOneLine() throws Exception {
        serve(UNLIMITED);
        TestNode connected = b;
        connected.connect(relay.id(), relay.address());
        assertThat(refused(a, connected.id())).contains(StatusCode.NO_RESERVATION.line());
        assertThat(refused(b, Identity.generate().peerId())).contains(StatusCode.NO_RESERVATION.line());
        assertThat(refused(b, relay.id())).contains(StatusCode.NO_RESERVATION.line());
    }

    @Test
    void overACircuitNothingIsReservedAndNobodyIsReached() throws Exception {
        serve(UNLIMITED);
        Relay inner = a.relay(UNLIMITED);
        Connection circuit = b.circuit(relay, a.id());
        assertThat(result(HopClient.reserve(circuit, Duration.ofSeconds(5))))
                .isEqualTo(HopMessage.Status.of(StatusCode.PERMISSION_DENIED));
        assertThat(inner.reservations()).isEmpty();
    }

    @Test
    void aReservationDiesWithTheConnection() throws Exception {
        Relay service = serve(UNLIMITED);
        assertThat(service.reservations()).containsExactly(a.id());
        keepers.getFirst().close();
        Connection toRelay = a.swarm.connections(relay.id()).getFirst();
        toRelay.close(ErrorCode.NONE);
        Patience.until("the reservation is gone", () -> service.reservations().isEmpty());
        assertThat(refused(b, a.id())).contains(StatusCode.NO_RESERVATION.line());
    }

    @Test
    void aRelayThatComesBackHasUsAgain() throws Exception {
        serve(UNLIMITED);
        Identity identity = relay.identity;
        Multiaddr address = relay.address();
        relay.close();
        a.state(ReservationState.Retrying.class::isInstance);
        assertThat(a.swarm.selfAddresses().advertised())
                .extracting(SelfAddresses.Advertised::why)
                .doesNotContain(SelfAddresses.Why.RELAYED);

        relay = new TestNode(identity, address, 2);
        relay.relay(UNLIMITED);
        a.state(ReservationState.Reserved.class::isInstance);
        assertThat(b.circuit(relay, a.id()).remotePeer()).isEqualTo(a.id());
    }

    private Relay serve(RelayLimits limits) throws Exception {
        Relay service = relay.relay(limits);
        keepers.add(a.keepAt(relay));
        a.state(ReservationState.Reserved.class::isInstance);
        return service;
    }

    private static Set<String> reasons(TestNode of, TestNode peer) {
        return of.swarm.protections().reasons(peer.id(), of.swarm.strands().nanoTime());
    }

    private static void assertEchoes(Connection circuit, byte[] sent) throws Exception {
        TestNode.Echoing echo = TestNode.echo(circuit);
        echo.send(sent);
        echo.stream().finish();
        assertThat(Arrays.equals(result(echo.collector().all), sent)).isTrue();
        assertThat(result(echo.stream().closed())).isEqualTo(new CloseReason.Finished());
    }

    /** Of one look: by the next it may have ended. */
    private Connection incoming() throws InterruptedException {
        AtomicReference<List<Connection>> seen = new AtomicReference<>(List.of());
        Patience.until("the circuit comes in", () -> {
            seen.set(a.swarm.connections(b.id()));
            return !seen.get().isEmpty();
        });
        return seen.get().getFirst();
    }

    private String refused(TestNode from, PeerId to) throws Exception {
        return refusal(from.dial(to, CircuitAddress.through(relay.address(), relay.id())));
    }

    private static String refusal(DialOutcome outcome) {
        assertThat(outcome).isInstanceOf(DialOutcome.Failed.class);
        return ((DialOutcome.Failed) outcome).line();
    }

    private static RelayLimits limited(Duration duration, long bytes) {
        return RelayLimits.defaults()
                .withCircuits(16, Optional.of(new ConnectionLimit(Optional.of(duration), Optional.of(bytes))));
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(TestNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
