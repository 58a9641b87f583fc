package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.UnixSeconds;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each rule, broken. MESSAGE_UNEXPECTED is broken in HopClientTest, where there is a place for messages. */
class CircuitRuleTest {
    private static final UnixSeconds NOW = new UnixSeconds(1_700_000_000);
    private static final UnixSeconds LATER = new UnixSeconds(1_700_003_600);

    @Test
    void messageTooLong() {
        assertBroken(CircuitRule.MESSAGE_TOO_LONG, () -> HopCodec.decode(new byte[HopCodec.MAX_MESSAGE_BYTES + 1]));
        assertBroken(CircuitRule.MESSAGE_TOO_LONG, () -> StopCodec.decode(new byte[StopCodec.MAX_MESSAGE_BYTES + 1]));
    }

    @Test
    void messageMalformed() {
        assertBroken(CircuitRule.MESSAGE_MALFORMED, () -> HopCodec.decode(hex("08")));
        assertBroken(CircuitRule.MESSAGE_MALFORMED, () -> HopCodec.decode(hex("0b0c")));
        assertBroken(CircuitRule.MESSAGE_MALFORMED, () -> StopCodec.decode(hex("12ffffffff0f")));
    }

    @Test
    void typeUnknown() {
        assertBroken(CircuitRule.TYPE_UNKNOWN, () -> HopCodec.decode(hex("0803")));
        assertBroken(CircuitRule.TYPE_UNKNOWN, () -> StopCodec.decode(hex("0802")));
    }

    @Test
    void peerMalformed() {
        assertBroken(CircuitRule.PEER_MALFORMED, () -> HopCodec.decode(hex("0801")));
        assertBroken(CircuitRule.PEER_MALFORMED, () -> HopCodec.decode(hex("08011200")));
        assertBroken(CircuitRule.PEER_MALFORMED, () -> StopCodec.decode(hex("080012040a02ffff")));
    }

    @Test
    void tooManyAddresses() {
        ProtoWriter peer = new ProtoWriter().bytes(1, Samples.peer(1).bytes());
        for (int i = 0; i <= MessageFields.MAX_ADDRESSES; i++) {
            peer.bytes(2, new byte[] {1});
        }
        byte[] message = new ProtoWriter().uint64(1, 1).message(2, peer).toByteArray();
        assertBroken(CircuitRule.TOO_MANY_ADDRESSES, () -> HopCodec.decode(message));
    }

    @Test
    void statusMissing() {
        assertBroken(CircuitRule.STATUS_MISSING, () -> HopCodec.decode(hex("0802")));
        assertBroken(CircuitRule.STATUS_MISSING, () -> StopCodec.decode(hex("0801")));
    }

    @Test
    void reservationMissing() {
        assertBroken(CircuitRule.RESERVATION_MISSING, () -> believe(HopMessage.Status.of(StatusCode.OK)));
    }

    @Test
    void reservationExpired() {
        assertBroken(CircuitRule.RESERVATION_EXPIRED, () -> believe(granted(NOW, new byte[0])));
        assertBroken(CircuitRule.RESERVATION_EXPIRED, () -> believe(granted(new UnixSeconds(0), new byte[0])));
    }

    @Test
    void voucherInvalid() {
        byte[] good = voucher(1, 2);
        good[good.length - 1] ^= 1;
        assertBroken(CircuitRule.VOUCHER_INVALID, () -> believe(granted(LATER, good)));
        assertBroken(CircuitRule.VOUCHER_INVALID, () -> believe(granted(LATER, new byte[] {1, 2, 3})));
    }

    @Test
    void voucherForeign() {
        assertBroken(CircuitRule.VOUCHER_FOREIGN, () -> believe(granted(LATER, voucher(3, 2))));
        assertBroken(CircuitRule.VOUCHER_FOREIGN, () -> believe(granted(LATER, voucher(1, 3))));
    }

    private static Reservation believe(HopMessage.Status answer) throws ProtocolViolation {
        return Reservation.believe(answer, Samples.peer(1), Samples.peer(2), NOW);
    }

    private static HopMessage.Status granted(UnixSeconds expire, byte[] voucher) {
        return new HopMessage.Status(
                StatusCode.OK, Optional.of(new HopMessage.Slot(expire, List.of(), voucher)), Optional.empty());
    }

    private static byte[] voucher(int relay, int peer) {
        return new RelayVoucher(Samples.peer(relay), Samples.peer(peer), LATER)
                .seal(Samples.identity(relay))
                .bytes();
    }

    private static void assertBroken(CircuitRule rule, ThrowingCallable action) {
        assertThat(catchThrowableOfType(ProtocolViolation.class, action).rule()).isEqualTo(rule);
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }
}
