package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReservationBookTest {
    private static final long SECOND = 1_000_000_000L;
    /** A second later the clock runs over. */
    private static final long START =
            Duration.ofNanos(Long.MAX_VALUE).minusSeconds(1).toNanos();

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final RelayLimits LIMITS =
            RelayLimits.defaults().withReservations(4, 2, TTL).withCircuits(2, Optional.empty());

    private ReservationBook book = new ReservationBook(LIMITS);

    // ── reservations ──

    @Example
    void aReservationLastsExactlyItsTime() {
        reserve(1, "10.0.0.1", START);
        assertThat(book.reservations(START + TTL.toNanos() - 1)).containsExactly(Samples.peer(1));
        assertThat(book.reservations(START + TTL.toNanos())).isEmpty();
    }

    @Example
    void askingAgainReplacesAndRenews() {
        reserve(1, "10.0.0.1", START);
        reserve(1, "10.0.0.1", START + 30 * SECOND);
        assertThat(book.reservations(START + 89 * SECOND)).containsExactly(Samples.peer(1));
        assertThat(book.reservations(START + 90 * SECOND)).isEmpty();
    }

    @Example
    void whoeverHoldsOneCanRenewItInAFullBook() {
        for (int peer = 1; peer <= 4; peer++) {
            assertThat(reserve(peer, "10.0.0." + peer, START)).isInstanceOf(Admission.Admitted.class);
        }
        assertThat(status(reserve(5, "10.0.0.5", START))).isEqualTo(StatusCode.RESERVATION_REFUSED);
        assertThat(reserve(4, "10.0.0.4", START)).isInstanceOf(Admission.Admitted.class);
        assertThat(reserve(5, "10.0.0.5", START + TTL.toNanos())).isInstanceOf(Admission.Admitted.class);
    }

    @Example
    void oneIp4AddressHoldsOnlySoMany() {
        reserve(1, "10.0.0.1", START);
        reserve(2, "10.0.0.1", START);
        assertThat(status(reserve(3, "10.0.0.1", START))).isEqualTo(StatusCode.RESERVATION_REFUSED);
        assertThat(reserve(3, "10.0.0.2", START)).isInstanceOf(Admission.Admitted.class);
    }

    @Example
    void hoppingThroughAnIp6PrefixDoesNotHelp() {
        reserve6(1, "2001:db8:0:aa00::1", START);
        reserve6(2, "2001:db8:0:aa01::1", START);
        assertThat(status(reserve6(3, "2001:db8:0:aaff::1", START))).isEqualTo(StatusCode.RESERVATION_REFUSED);
        assertThat(reserve6(3, "2001:db8:0:ab00::1", START)).isInstanceOf(Admission.Admitted.class);
    }

    @Example
    void anIp4AddressInIp6ClothingIsTheSame() {
        reserve(1, "10.0.0.1", START);
        reserve6(2, "::ffff:10.0.0.1", START);
        assertThat(status(reserve(3, "10.0.0.1", START))).isEqualTo(StatusCode.RESERVATION_REFUSED);
    }

    @Example
    void movingToAFullAddressIsRefusedAndLeavesTheOldReservation() {
        reserve(1, "10.0.0.1", START);
        reserve(2, "10.0.0.1", START);
        reserve(3, "10.0.0.2", START);
        assertThat(status(reserve(3, "10.0.0.1", START))).isEqualTo(StatusCode.RESERVATION_REFUSED);
        assertThat(book.reservations(START)).contains(Samples.peer(3));
    }

    @Example
    void withoutAnIpAddressNothingIsReserved() {
        assertThat(status(book.reserve(Samples.peer(1), Samples.address("/unix/tmp/socket"), START)))
                .isEqualTo(StatusCode.RESERVATION_REFUSED);
    }

    @Example
    void aReservationGoesWithTheConnection() {
        reserve(1, "10.0.0.1", START);
        book.disconnected(Samples.peer(1));
        assertThat(book.reservations(START)).isEmpty();
        assertThat(status(connect(2, 1, START))).isEqualTo(StatusCode.NO_RESERVATION);
    }

    // ── circuits ──

    @Example
    void aCircuitNeedsAReservationOfItsDestination() {
        assertThat(status(connect(1, 2, START))).isEqualTo(StatusCode.NO_RESERVATION);
        reserve(2, "10.0.0.2", START);
        assertThat(connect(1, 2, START)).isInstanceOf(Admission.Admitted.class);
        assertThat(status(connect(2, 1, START))).isEqualTo(StatusCode.NO_RESERVATION);
        assertThat(status(connect(3, 2, START + TTL.toNanos()))).isEqualTo(StatusCode.NO_RESERVATION);
    }

    @Example
    void nobodyIsConnectedToItself() {
        assertThat(status(connect(1, 1, START))).isEqualTo(StatusCode.NO_RESERVATION);
        reserve(1, "10.0.0.1", START);
        assertThat(status(connect(1, 1, START))).isEqualTo(StatusCode.PERMISSION_DENIED);
    }

    @Example
    void circuitsCountForBothEnds() {
        reserve(1, "10.0.0.1", START);
        reserve(2, "10.0.0.2", START);
        connect(1, 2, START);
        connect(3, 1, START);
        assertThat(status(connect(1, 2, START))).isEqualTo(StatusCode.RESOURCE_LIMIT_EXCEEDED);
        assertThat(status(connect(4, 1, START))).isEqualTo(StatusCode.RESOURCE_LIMIT_EXCEEDED);
        assertThat(connect(4, 2, START)).isInstanceOf(Admission.Admitted.class);
        book.circuitEnded(Samples.peer(1), Samples.peer(2));
        assertThat(connect(4, 1, START)).isInstanceOf(Admission.Admitted.class);
        assertThat(book.circuits()).isEqualTo(3);
    }

    // ── properties ──

    sealed interface Act {
        record Reserve(int peer, int host) implements Act {}

        record Connect(int source, int destination) implements Act {}

        record End(int which) implements Act {}

        record Disconnect(int peer) implements Act {}

        record Wait(int seconds) implements Act {}
    }

    /** Against a model that keeps everything in lists. */
    @Property
    void noBoundIsEverExceededAndNoRoomIsEverLost(@ForAll("acts") List<Act> acts) {
        book = new ReservationBook(LIMITS);
        Map<Integer, int[]> heldByPeer = new HashMap<>(); // host, end in seconds
        List<int[]> circuits = new ArrayList<>();
        int now = 0;
        for (Act act : acts) {
            long nanos = START + now * SECOND;
            int seconds = now;
            heldByPeer.values().removeIf(held -> held[1] <= seconds);
            switch (act) {
                case Act.Wait(int pause) -> now += pause;
                case Act.Reserve(int peer, int host) -> {
                    boolean holds = heldByPeer.containsKey(peer);
                    long sameHost = heldByPeer.entrySet().stream()
                            .filter(held -> held.getKey() != peer && held.getValue()[0] == host)
                            .count();
                    boolean room = (holds || heldByPeer.size() < 4) && sameHost < 2;
                    assertThat(reserve(peer, "10.0.0." + host, nanos) instanceof Admission.Admitted)
                            .isEqualTo(room);
                    if (room) {
                        heldByPeer.put(peer, new int[] {host, now + 60});
                    }
                }
                case Act.Connect(int source, int destination) -> {
                    boolean room = heldByPeer.containsKey(destination)
                            && source != destination
                            && open(circuits, source) < 2
                            && open(circuits, destination) < 2;
                    assertThat(connect(source, destination, nanos) instanceof Admission.Admitted)
                            .isEqualTo(room);
                    if (room) {
                        circuits.add(new int[] {source, destination});
                    }
                }
                case Act.End(int which) -> {
                    if (!circuits.isEmpty()) {
                        int[] ended = circuits.remove(which % circuits.size());
                        book.circuitEnded(Samples.peer(ended[0]), Samples.peer(ended[1]));
                    }
                }
                case Act.Disconnect(int peer) -> {
                    heldByPeer.remove(peer);
                    book.disconnected(Samples.peer(peer));
                }
            }
            assertThat(book.circuits()).isEqualTo(circuits.size());
        }
        int end = now;
        heldByPeer.values().removeIf(held -> held[1] <= end);
        assertThat(book.reservations(START + now * SECOND))
                .containsExactlyInAnyOrderElementsOf(
                        heldByPeer.keySet().stream().map(Samples::peer).toList());
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> peers = Arbitraries.integers().between(0, 6);
        Arbitrary<Act> act = Arbitraries.oneOf(
                Combinators.combine(peers, Arbitraries.integers().between(1, 3)).as(Act.Reserve::new),
                Combinators.combine(peers, peers).as(Act.Connect::new),
                Arbitraries.integers().between(0, 9).map(Act.End::new),
                peers.map(Act.Disconnect::new),
                Arbitraries.integers().between(1, 30).map(Act.Wait::new));
        return act.list().ofMaxSize(60);
    }

    private static long open(List<int[]> circuits, int peer) {
        return circuits.stream()
                .filter(circuit -> circuit[0] == peer || circuit[1] == peer)
                .count();
    }

    private Admission reserve(int peer, String ip4, long nowNanos) {
        return book.reserve(Samples.peer(peer), Samples.address("/ip4/" + ip4 + "/tcp/" + (1000 + peer)), nowNanos);
    }

    private Admission reserve6(int peer, String ip6, long nowNanos) {
        return book.reserve(Samples.peer(peer), Samples.address("/ip6/" + ip6 + "/tcp/" + (1000 + peer)), nowNanos);
    }

    private Admission connect(int source, int destination, long nowNanos) {
        return book.connect(Samples.peer(source), Samples.peer(destination), nowNanos);
    }

    private static StatusCode status(Admission admission) {
        return switch (admission) {
            case Admission.Admitted() -> StatusCode.OK;
            case Admission.Refused(StatusCode status, String why) -> status;
        };
    }
}
