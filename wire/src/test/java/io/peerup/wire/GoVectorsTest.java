package io.peerup.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, names, signatures and records that go-libp2p made. */
class GoVectorsTest {
    private static final byte[] MESSAGE = "what go-libp2p signed".getBytes(UTF_8);

    static Stream<List<String>> keys() {
        return Vectors.read("keys.tsv");
    }

    static Stream<List<String>> records() {
        return Vectors.read("records.tsv");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysAndNamesAreTheSame(List<String> vector) throws ProtocolViolation {
        Identity identity = Identity.fromProtobuf(hex(vector.get(1)));

        assertThat(identity.toProtobuf()).isEqualTo(hex(vector.get(1)));
        assertThat(identity.publicKey().toProtobuf()).isEqualTo(hex(vector.get(2)));
        assertThat(PublicKey.fromProtobuf(hex(vector.get(2)))).isEqualTo(identity.publicKey());
        assertThat(identity.peerId()).hasToString(vector.get(3));
        assertThat(PeerId.parse(vector.get(3))).isEqualTo(identity.peerId());
        assertThat(PeerId.parse(vector.get(4))).isEqualTo(identity.peerId());
        assertThat(PeerId.parse(vector.get(5))).isEqualTo(identity.peerId());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void signaturesOfGoAreAccepted(List<String> vector) throws ProtocolViolation {
        PublicKey key = PublicKey.fromProtobuf(hex(vector.get(2)));

        assertThat(key.verify(MESSAGE, hex(vector.get(6)))).isTrue();
        assertThat(key.verify(new byte[0], hex(vector.get(6)))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void deterministicSignaturesAreTheSame(List<String> vector) throws ProtocolViolation {
        Identity identity = Identity.fromProtobuf(hex(vector.get(1)));
        byte[] ours = identity.sign(MESSAGE);

        assertThat(identity.publicKey().verify(MESSAGE, ours)).isTrue();
        if (identity.publicKey().type() != KeyType.ECDSA) {
            assertThat(ours).isEqualTo(hex(vector.get(6)));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void peerRecordsOfGoAreUnderstood(List<String> vector) throws ProtocolViolation {
        PeerRecord record = PeerRecord.open(hex(vector.get(1)));

        assertThat(record)
                .isEqualTo(new PeerRecord(
                        nameOf(vector.getFirst()),
                        1_700_000_000_000_000_001L,
                        List.of(
                                Multiaddr.parse("/ip4/198.51.100.7/tcp/4001"),
                                Multiaddr.parse("/ip6/2001:db8::7/udp/4001/quic-v1"))));
    }

    @ParameterizedTest
    @MethodSource("records")
    void vouchersOfGoAreUnderstood(List<String> vector) throws ProtocolViolation {
        RelayVoucher voucher = RelayVoucher.open(hex(vector.get(2)));

        assertThat(voucher)
                .isEqualTo(
                        new RelayVoucher(nameOf(vector.getFirst()), nameOf("ed25519"), new UnixSeconds(1_800_000_000)));
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatWeSealIsWhatGoSealed(List<String> vector) throws ProtocolViolation {
        Identity author = SampleIdentities.of(vector.getFirst());
        SignedEnvelope ours = PeerRecord.open(hex(vector.get(1))).seal(author);

        assertThat(ours.signer()).isEqualTo(author.peerId());
        if (author.publicKey().type() != KeyType.ECDSA) {
            assertThat(ours.bytes()).isEqualTo(hex(vector.get(1)));
            assertThat(RelayVoucher.open(hex(vector.get(2))).seal(author).bytes())
                    .isEqualTo(hex(vector.get(2)));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordsOfApplicationsAreOpened(List<String> vector) throws ProtocolViolation {
        SignedEnvelope opened =
                SignedEnvelope.open(hex(vector.get(3)), "peerup-vectors", "/peerup/greeting".getBytes(UTF_8));

        assertThat(opened.payload()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(opened.signer()).isEqualTo(nameOf(vector.getFirst()));
    }

    private static PeerId nameOf(String key) {
        return SampleIdentities.of(key).peerId();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
