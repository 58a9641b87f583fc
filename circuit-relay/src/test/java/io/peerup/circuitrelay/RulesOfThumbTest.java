package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small pure decisions. */
class RulesOfThumbTest {
    private static final PeerId RELAY = Samples.peer(1);
    private static final Multiaddr PUBLIC = Samples.address("/ip4/1.2.3.4/tcp/4001");
    private static final Multiaddr PRIVATE = Samples.address("/ip4/192.168.1.2/tcp/4001");
    private static final Multiaddr LOOPBACK = Samples.address("/ip4/127.0.0.1/tcp/4001");

    // ── which addresses a relay names ──

    @Test
    void aRelayWithPublicAddressesNamesThose() {
        assertThat(RelayAddresses.of(RELAY, List.of(LOOPBACK, PRIVATE, PUBLIC), PUBLIC))
                .containsExactly(PUBLIC.withPeerId(RELAY));
    }

    @Test
    void aRelayWithoutPublicAddressesNamesAll() {
        assertThat(RelayAddresses.of(RELAY, List.of(LOOPBACK, PRIVATE), LOOPBACK))
                .containsExactly(LOOPBACK.withPeerId(RELAY), PRIVATE.withPeerId(RELAY));
    }

    @Test
    void theAddressThatThePeerCameByIsAlwaysNamedFirst() {
        assertThat(RelayAddresses.of(RELAY, List.of(PUBLIC), PRIVATE))
                .containsExactly(PRIVATE.withPeerId(RELAY), PUBLIC.withPeerId(RELAY));
    }

    @Test
    void neitherCircuitsNorWildcardsAreNamed() {
        Multiaddr circuit = CircuitAddress.through(PUBLIC, Samples.peer(2));
        assertThat(RelayAddresses.of(RELAY, List.of(circuit), Samples.address("/ip4/0.0.0.0/tcp/1")))
                .isEmpty();
    }

    @Test
    void aRelayWithVeryManyAddressesStillFitsItsAnswer() {
        List<Multiaddr> many = IntStream.range(1, 500)
                .mapToObj(port -> Samples.address("/dns4/" + "a".repeat(60) + ".example/tcp/" + port))
                .toList();
        assertThat(RelayAddresses.of(RELAY, many, PUBLIC)).hasSize(RelayAddresses.MAX_ADDRESSES);
    }

    // ── addresses of circuits ──

    @Test
    void aCircuitAddressNamesItsRelay() {
        assertThat(CircuitAddress.of(CircuitAddress.through(PUBLIC, RELAY)))
                .contains(new CircuitAddress(RELAY, Optional.of(PUBLIC)));
        assertThat(CircuitAddress.of(CircuitAddress.to(Samples.peer(2), PUBLIC, RELAY)))
                .contains(new CircuitAddress(RELAY, Optional.of(PUBLIC)));
        assertThat(CircuitAddress.of(Samples.address("/p2p/" + RELAY + "/p2p-circuit")))
                .contains(new CircuitAddress(RELAY, Optional.empty()));
    }

    @Test
    void whatIsNotACircuitThroughOneRelayIsNone() {
        assertThat(CircuitAddress.of(PUBLIC)).isEmpty();
        assertThat(CircuitAddress.of(CircuitAddress.ANY)).isEmpty();
        assertThat(CircuitAddress.of(Samples.address("/ip4/1.2.3.4/tcp/1/p2p-circuit")))
                .isEmpty();
        assertThat(CircuitAddress.of(CircuitAddress.through(CircuitAddress.through(PUBLIC, RELAY), Samples.peer(2))))
                .isEmpty();
        assertThat(CircuitAddress.of(CircuitAddress.through(PUBLIC, RELAY).encapsulate(PRIVATE)))
                .isEmpty();
    }

    // ── relays that were chosen ──

    @Test
    void severalAddressesOfARelayAreOneRelay() {
        assertThat(StaticRelay.of(List.of(PUBLIC.withPeerId(RELAY), PRIVATE.withPeerId(RELAY))))
                .containsExactly(new StaticRelay(RELAY, List.of(PUBLIC, PRIVATE)));
    }

    @Test
    void anAddressThatDoesNotSayWhoseItIsIsNamedInTheError() {
        assertThatThrownBy(() -> StaticRelay.of(List.of(PUBLIC))).hasMessageContaining(PUBLIC.toString());
        assertThatThrownBy(() -> StaticRelay.of(List.of(Samples.address("/p2p/" + RELAY))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ── when ──

    @Test
    void aLongReservationIsRenewedTwoMinutesBeforeItsEnd() {
        assertThat(ReservationTimes.untilRenewal(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(58));
    }

    @Test
    void aShortReservationIsRenewedHalfWay() {
        assertThat(ReservationTimes.untilRenewal(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void noReservationIsShortEnoughForABusyLoop() {
        assertThat(ReservationTimes.untilRenewal(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(ReservationTimes.untilRenewal(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void retriesGrowFromAQuarterSecondToTwoSecondsAndNoFurther() {
        assertThat(ReservationTimes.afterFailure(1, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(ReservationTimes.afterFailure(1, 0.999)).isLessThanOrEqualTo(Duration.ofMillis(500));
        assertThat(ReservationTimes.afterFailure(3, 0)).isEqualTo(Duration.ofSeconds(1));
        for (int failures = 1; failures < 1000; failures++) {
            assertThat(ReservationTimes.afterFailure(failures, 0.999))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(2));
        }
    }

    @Test
    void whatAPersonMustChangeIsAskedForLessOften() {
        assertThat(ReservationTimes.afterRefusal(StatusCode.PERMISSION_DENIED)).isEqualTo(Duration.ofSeconds(30));
        assertThat(ReservationTimes.afterRefusal(StatusCode.RESERVATION_REFUSED))
                .isEqualTo(Duration.ofSeconds(10));
    }

    // ── why a circuit ended ──

    @Test
    void aCircuitThatCarriedItsBytesHasReachedThatLimitInEitherDirection() {
        CircuitUsage usage = new CircuitUsage(Samples.limit(600, 64 << 20), 0);
        usage.sent((64 << 20) - 1);
        usage.received(1);
        assertThat(usage.limitReached(0)).isEmpty();
        usage.sent(1);
        assertThat(usage.limitReached(0)).contains(new CloseReason.RelayLimitReached("64 MiB per direction"));
    }

    @Test
    void aCircuitThatLastedItsTimeHasReachedThatLimit() {
        CircuitUsage usage = new CircuitUsage(Samples.limit(600, 1000), 5);
        assertThat(usage.limitReached(5 + Duration.ofSeconds(597).toNanos())).isEmpty();
        assertThat(usage.limitReached(5 + Duration.ofSeconds(598).toNanos()))
                .contains(new CloseReason.RelayLimitReached("10 min"));
    }

    @Test
    void limitsAreToldInRoundNumbersWhereTheyAreRound() {
        assertThat(text(3600, 1 << 30)).containsExactly("1 h", "1 GiB per direction");
        assertThat(text(90, 128 << 10)).containsExactly("90 s", "128 KiB per direction");
        assertThat(text(60, 1000)).containsExactly("1 min", "1000 bytes per direction");
    }

    // ── what is told ──

    @Test
    void everyStatusHasALineAndUnknownOnesKeepTheirNumber() {
        assertThat(new StatusCode(299).line()).contains("299");
        assertThat(new StatusCode(299)).hasToString("status 299");
        for (int code : new int[] {100, 200, 201, 202, 203, 204, 400, 401}) {
            StatusCode status = new StatusCode(code);
            assertThat(status.line()).doesNotContain("not known").doesNotContain("\n");
            assertThat(status.toString()).doesNotContain("status");
        }
        assertThat(StatusCode.OK.isOk()).isTrue();
        assertThat(StatusCode.NO_RESERVATION.isOk()).isFalse();
    }

    @Test
    void nonsensicalLimitsAreRejected() {
        RelayLimits limits = RelayLimits.defaults();
        assertThatThrownBy(() -> limits.withReservations(0, 8, Duration.ofHours(1)))
                .hasMessageContaining("maxReservations");
        assertThatThrownBy(() -> limits.withReservations(1, 8, Duration.ofMillis(900)))
                .hasMessageContaining("reservationTtl");
        assertThatThrownBy(() -> limits.withCircuits(
                        1, Optional.of(new ConnectionLimit(Optional.of(Duration.ZERO), Optional.empty()))))
                .hasMessageContaining("duration");
        assertThatThrownBy(() -> limits.withCircuitBuffer(0)).hasMessageContaining("circuitBufferBytes");
    }

    private static List<String> text(long seconds, long bytes) {
        CircuitUsage byTime = new CircuitUsage(Samples.limit(seconds, bytes), 0);
        CircuitUsage byData = new CircuitUsage(Samples.limit(seconds, bytes), 0);
        byData.received(bytes);
        return List.of(
                byTime.limitReached(seconds * 1_000_000_000L).orElseThrow().limit(),
                byData.limitReached(0).orElseThrow().limit());
    }
}
