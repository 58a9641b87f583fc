package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReservationTest {
    private static final PeerId RELAY = Samples.peer(1);
    private static final PeerId SELF = Samples.peer(2);
    private static final UnixSeconds NOW = new UnixSeconds(1_700_000_000);
    private static final UnixSeconds IN_AN_HOUR = new UnixSeconds(1_700_003_600);
    private static final Multiaddr PUBLIC = Samples.address("/ip4/1.2.3.4/tcp/4001");

    @Test
    void anOrdinaryReservationIsBelieved() throws ProtocolViolation {
        RelayVoucher voucher = new RelayVoucher(RELAY, SELF, IN_AN_HOUR);
        Reservation held = believe(
                IN_AN_HOUR,
                List.of(PUBLIC.withPeerId(RELAY)),
                voucher.seal(Samples.identity(1)).bytes());
        assertThat(held)
                .isEqualTo(new Reservation(
                        RELAY,
                        IN_AN_HOUR,
                        Duration.ofHours(1),
                        List.of(PUBLIC),
                        Optional.of(voucher),
                        Optional.empty()));
    }

    @Test
    void anEndInTheYear9999IsBelievedForADay() throws ProtocolViolation {
        Reservation held = believe(new UnixSeconds(253_402_300_799L), List.of(), new byte[0]);
        assertThat(held.lifetime()).isEqualTo(Duration.ofDays(1));
        assertThat(held.expires()).isEqualTo(new UnixSeconds(NOW.value() + 86_400));
    }

    @Test
    void theLastSecondOfAllTimeDoesNoHarm() throws ProtocolViolation {
        assertThat(believe(UnixSeconds.ofUnsigned(-1), List.of(), new byte[0]).lifetime())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void addressesOfOthersAndOfCircuitsAreLeftOut() throws ProtocolViolation {
        Multiaddr foreign = PUBLIC.withPeerId(SELF);
        Multiaddr relayed = CircuitAddress.through(PUBLIC, Samples.peer(3)).withPeerId(RELAY);
        assertThat(believe(IN_AN_HOUR, List.of(foreign, relayed, PUBLIC), new byte[0])
                        .relayAddresses())
                .containsExactly(PUBLIC);
    }

    @Test
    void onlySoManyAddressesArePassedOn() throws ProtocolViolation {
        List<Multiaddr> many = new ArrayList<>();
        for (int port = 1; port <= 60; port++) {
            many.add(Samples.address("/ip4/1.2.3.4/tcp/" + port));
        }
        assertThat(believe(IN_AN_HOUR, many, new byte[0]).relayAddresses()).hasSize(Reservation.MAX_RELAY_ADDRESSES);
    }

    @Test
    void circuitsLeadThroughTheAddressesThatTheRelayNames() throws ProtocolViolation {
        Multiaddr reachedAt = Samples.address("/ip4/10.0.0.1/tcp/4001");
        assertThat(believe(IN_AN_HOUR, List.of(PUBLIC), new byte[0]).circuits(reachedAt))
                .containsExactly(Samples.address("/ip4/1.2.3.4/tcp/4001/p2p/" + RELAY + "/p2p-circuit"));
    }

    @Test
    void circuitsThroughARelayThatNamesNoAddressLeadWhereWeReachedIt() throws ProtocolViolation {
        Multiaddr reachedAt = Samples.address("/ip4/10.0.0.1/tcp/4001");
        assertThat(believe(IN_AN_HOUR, List.of(), new byte[0]).circuits(reachedAt))
                .containsExactly(Samples.address("/ip4/10.0.0.1/tcp/4001/p2p/" + RELAY + "/p2p-circuit"));
    }

    private static Reservation believe(UnixSeconds expire, List<Multiaddr> addresses, byte[] voucher)
            throws ProtocolViolation {
        HopMessage.Slot slot = new HopMessage.Slot(expire, addresses, voucher);
        return Reservation.believe(
                new HopMessage.Status(StatusCode.OK, Optional.of(slot), Optional.empty()), RELAY, SELF, NOW);
    }
}
