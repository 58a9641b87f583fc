package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A relay grants whatever it likes: we believe in no more than a day, few addresses, and a voucher that is for us. */
class ReservationFuzzTest {
    private static final PeerId RELAY = Samples.peer(1);
    private static final PeerId SELF = Samples.peer(2);
    private static final UnixSeconds NOW = new UnixSeconds(1_700_000_000);
    private static final UnixSeconds LATER = new UnixSeconds(1_700_003_600);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        new RelayVoucher(RELAY, SELF, LATER)
                                .seal(Samples.identity(1))
                                .bytes(),
                        new byte[0])
                .map(voucher -> HopCodec.encode(new HopMessage.Status(
                        StatusCode.OK,
                        Optional.of(
                                new HopMessage.Slot(LATER, List.of(Samples.address("/ip4/1.2.3.4/tcp/4001")), voucher)),
                        Optional.of(Samples.limit(120, 131_072)))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsBelievedIsBounded(byte[] bytes) {
        try {
            if (HopCodec.decode(bytes) instanceof HopMessage.Status answer) {
                check(Reservation.believe(answer, RELAY, SELF, NOW));
            }
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(CircuitRule.class);
        }
    }

    private static void check(Reservation held) {
        assertThat(held.relay()).isEqualTo(RELAY);
        assertThat(held.lifetime()).isBetween(Duration.ofSeconds(1), Reservation.MAX_LIFETIME);
        assertThat(held.expires()).isGreaterThan(NOW);
        assertThat(held.relayAddresses()).hasSizeLessThanOrEqualTo(Reservation.MAX_RELAY_ADDRESSES);
        assertThat(held.circuits(Samples.address("/ip4/10.0.0.1/tcp/4001")))
                .isNotEmpty()
                .allMatch(address -> address.isRelayed() && address.toString().contains("/p2p/" + RELAY));
        held.voucher().ifPresent(voucher -> assertThat(voucher.peer()).isEqualTo(SELF));
    }
}
