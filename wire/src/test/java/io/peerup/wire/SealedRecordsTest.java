package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Envelopes, peer records and vouchers that are not what they should be. */
class SealedRecordsTest {
    private static final Identity AUTHOR = SampleIdentities.ed25519();
    private static final Identity OTHER = Identity.ofEd25519Seed(new byte[32]);
    private static final List<Multiaddr> ADDRESSES =
            List.of(Multiaddr.of(new Component.Tcp(1)), Multiaddr.of(new Component.Udp(2), Component.Flag.QUIC_V1));

    @Property(tries = 100)
    void recordsComeBack(@ForAll long seq, @ForAll @LongRange(min = 0, max = 1L << 50) long expiration)
            throws ProtocolViolation {
        PeerRecord peerRecord = new PeerRecord(AUTHOR.peerId(), seq, ADDRESSES);
        RelayVoucher voucher = new RelayVoucher(AUTHOR.peerId(), OTHER.peerId(), new UnixSeconds(expiration));

        assertThat(PeerRecord.open(peerRecord.seal(AUTHOR).bytes())).isEqualTo(peerRecord);
        assertThat(RelayVoucher.open(voucher.seal(AUTHOR).bytes())).isEqualTo(voucher);
    }

    @Test
    void anotherPeerCannotSpeakForTheSubject() {
        PeerRecord peerRecord = new PeerRecord(OTHER.peerId(), 1, ADDRESSES);
        RelayVoucher voucher = new RelayVoucher(OTHER.peerId(), AUTHOR.peerId(), new UnixSeconds(1));

        assertBreaks(
                WireRule.RECORD_SIGNER_MISMATCH,
                () -> PeerRecord.open(SignedEnvelope.seal(AUTHOR, peerRecord).bytes()));
        assertBreaks(
                WireRule.RECORD_SIGNER_MISMATCH,
                () -> RelayVoucher.open(SignedEnvelope.seal(AUTHOR, voucher).bytes()));
        assertThatThrownBy(() -> peerRecord.seal(AUTHOR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> voucher.seal(AUTHOR)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneKindOfRecordIsNotTakenForAnother() {
        byte[] voucher = new RelayVoucher(AUTHOR.peerId(), OTHER.peerId(), new UnixSeconds(1))
                .seal(AUTHOR)
                .bytes();

        assertBreaks(WireRule.ENVELOPE_TYPE_UNEXPECTED, () -> PeerRecord.open(voucher));
        assertBreaks(
                WireRule.ENVELOPE_SIGNATURE_INVALID,
                () -> SignedEnvelope.open(voucher, "libp2p-peer-record", new byte[] {3, 2}));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] sealed =
                new PeerRecord(AUTHOR.peerId(), 7, ADDRESSES).seal(AUTHOR).bytes();
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> PeerRecord.open(changed)).as("bit %d", bit).isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void everyPrefixIsRefused() {
        byte[] sealed =
                new PeerRecord(AUTHOR.peerId(), 7, ADDRESSES).seal(AUTHOR).bytes();
        for (int length = 0; length < sealed.length; length++) {
            byte[] prefix = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> PeerRecord.open(prefix))
                    .as("%d bytes", length)
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void addressesThatAreNotUnderstoodAreLeftOut() throws ProtocolViolation {
        byte[] unknown = Varint.encode(0x7fff);
        ProtoWriter payload = new ProtoWriter()
                .bytes(1, AUTHOR.peerId().bytes())
                .uint64(2, 1)
                .message(3, new ProtoWriter().bytes(1, unknown))
                .message(3, new ProtoWriter())
                .message(3, new ProtoWriter().bytes(1, ADDRESSES.getFirst().bytes()));
        byte[] sealed = SignedEnvelope.seal(AUTHOR, peerRecordOf(payload)).bytes();

        assertThat(PeerRecord.open(sealed).addresses()).containsExactly(ADDRESSES.getFirst());
    }

    @Test
    void addressesAreCountedWhetherUnderstoodOrNot() throws ProtocolViolation {
        PeerRecord most =
                new PeerRecord(AUTHOR.peerId(), 1, Collections.nCopies(PeerRecord.MAX_ADDRESSES, ADDRESSES.getFirst()));
        ProtoWriter oneMore = new ProtoWriter().bytes(1, AUTHOR.peerId().bytes());
        for (int i = 0; i <= PeerRecord.MAX_ADDRESSES; i++) {
            oneMore.message(3, new ProtoWriter());
        }

        assertThat(PeerRecord.open(most.seal(AUTHOR).bytes())).isEqualTo(most);
        assertBreaks(
                WireRule.RECORD_TOO_MANY_ADDRESSES,
                () -> PeerRecord.open(
                        SignedEnvelope.seal(AUTHOR, peerRecordOf(oneMore)).bytes()));
    }

    @Test
    void anEnvelopeIsBounded() {
        assertBreaks(WireRule.ENVELOPE_TOO_LONG, () -> PeerRecord.open(new byte[SignedEnvelope.MAX_BYTES + 1]));
    }

    @Test
    void anEnvelopeNeedsKeyTypeAndSignature() {
        byte[] key = AUTHOR.publicKey().toProtobuf();

        assertBreaks(WireRule.PROTOBUF_FIELD_MISSING, () -> PeerRecord.open(new byte[0]));
        assertBreaks(
                WireRule.PROTOBUF_FIELD_MISSING,
                () -> PeerRecord.open(new ProtoWriter().bytes(1, key).toByteArray()));
        assertBreaks(
                WireRule.PROTOBUF_FIELD_MISSING,
                () -> PeerRecord.open(new ProtoWriter()
                        .bytes(1, key)
                        .bytes(2, new byte[] {3, 1})
                        .toByteArray()));
    }

    @Test
    void theEndOfAVoucherIsSecondsUpToTheEndOfTime() throws ProtocolViolation {
        ProtoWriter payload = new ProtoWriter()
                .bytes(1, AUTHOR.peerId().bytes())
                .bytes(2, OTHER.peerId().bytes())
                .uint64(3, -1);
        byte[] sealed = SignedEnvelope.seal(AUTHOR, content("libp2p-relay-rsvp", new byte[] {3, 2}, payload))
                .bytes();

        assertThat(RelayVoucher.open(sealed).expiration()).isEqualTo(new UnixSeconds(UnixSeconds.MAX));
    }

    private static EnvelopePayload peerRecordOf(ProtoWriter payload) {
        return content("libp2p-peer-record", new byte[] {3, 1}, payload);
    }

    private static EnvelopePayload content(String domain, byte[] type, ProtoWriter payload) {
        return new EnvelopePayload() {
            @Override
            public String domain() {
                return domain;
            }

            @Override
            public byte[] payloadType() {
                return type;
            }

            @Override
            public byte[] payload() {
                return payload.toByteArray();
            }
        };
    }
}
