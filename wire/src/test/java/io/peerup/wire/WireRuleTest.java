package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue of rules, each with the shortest input that breaks it. */
class WireRuleTest {
    private static final Identity PEER = SampleIdentities.ed25519();
    private static final Identity OTHER = Identity.ofEd25519Seed(new byte[32]);

    @ParameterizedTest
    @EnumSource(WireRule.class)
    void isBroken(WireRule rule) {
        assertBreaks(rule, breaking(rule));
    }

    @Test
    void aViolationNamesItsRule() {
        assertThat(new ProtocolViolation(WireRule.FRAME_TOO_LONG, "why")).hasMessage("FRAME_TOO_LONG: why");
    }

    /** Exhaustive, so that a rule without a case does not compile. */
    private static ThrowingCallable breaking(WireRule rule) {
        return switch (rule) {
            case VARINT_TRUNCATED -> () -> Varint.read(hex("80"), 0);
            case VARINT_TOO_LONG -> () -> Varint.read(hex("80808080808080808001"), 0);
            case VARINT_NOT_MINIMAL -> () -> Varint.read(hex("8000"), 0);
            case TEXT_NOT_IN_BASE -> () -> Multibase.BASE58_BTC.decode("0");
            case TEXT_TOO_LONG -> () -> PeerId.parse("1".repeat(PeerId.MAX_CHARS + 1));
            case MULTIBASE_UNKNOWN -> () -> Multibase.decodePrefixed("f00");
            case MULTIHASH_MALFORMED -> () -> Multihash.fromBytes(hex("000161ff"));
            case PEER_ID_MALFORMED -> () -> PeerId.fromBytes(new byte[PeerId.MAX_BYTES + 1]);
            case KEY_TYPE_UNKNOWN -> () -> PublicKey.fromProtobuf(hex("08041200"));
            case KEY_MALFORMED -> () -> PublicKey.fromProtobuf(hex("08011200"));
            case KEY_SIZE_OUT_OF_BOUNDS -> () -> PublicKey.fromProtobuf(new byte[PublicKey.MAX_BYTES + 1]);
            case KEY_HALVES_DIFFER -> () -> Identity.fromProtobuf(hex("08011240" + "00".repeat(64)));
            case DER_MALFORMED -> () -> RsaPublicKey.fromDer(hex("3081"));
            case PROTOBUF_MALFORMED -> () -> PublicKey.fromProtobuf(hex("08"));
            case PROTOBUF_GROUP -> () -> PublicKey.fromProtobuf(hex("0b"));
            case PROTOBUF_FIELD_TOO_LONG -> () -> PublicKey.fromProtobuf(hex("12ffff7f"));
            case PROTOBUF_TOO_DEEP -> WireRuleTest::readEndlesslyNested;
            case PROTOBUF_FIELD_MISSING -> () -> PublicKey.fromProtobuf(hex("0801"));
            case MULTIADDR_TOO_LONG -> () -> Multiaddr.parse("/tls".repeat(Multiaddr.MAX_COMPONENTS + 1));
            case MULTIADDR_TRUNCATED -> () -> Multiaddr.fromBytes(hex("0401"));
            case MULTIADDR_PROTOCOL_UNKNOWN -> () -> Multiaddr.fromBytes(hex("01"));
            case MULTIADDR_VALUE_INVALID -> () -> Multiaddr.fromBytes(hex("3500"));
            case MULTIADDR_MALFORMED -> () -> Multiaddr.fromBytes(hex("9003022f61" + "c003"));
            case ENVELOPE_TOO_LONG -> () -> PeerRecord.open(new byte[SignedEnvelope.MAX_BYTES + 1]);
            case ENVELOPE_TYPE_UNEXPECTED -> () -> RelayVoucher.open(sealed(PEER, PEER));
            case ENVELOPE_SIGNATURE_INVALID ->
                () -> SignedEnvelope.open(sealed(PEER, PEER), "another use", hex("0301"));
            case RECORD_SIGNER_MISMATCH -> () -> PeerRecord.open(sealed(PEER, OTHER));
            case RECORD_TOO_MANY_ADDRESSES -> () -> PeerRecord.open(withAddresses(257));
            case FRAME_TOO_LONG -> () -> Delimited.read(hex("05"), 4);
            case FRAME_TRUNCATED -> () -> Delimited.read(hex("01"), 4);
            case FRAME_TRAILING_BYTES -> () -> Delimited.read(hex("016162"), 4);
        };
    }

    private static byte[] sealed(Identity author, Identity subject) {
        return SignedEnvelope.seal(author, new PeerRecord(subject.peerId(), 1, List.of()))
                .bytes();
    }

    private static byte[] withAddresses(int count) {
        Multiaddr address = Multiaddr.of(new Component.Tcp(1));
        return new PeerRecord(PEER.peerId(), 1, Collections.nCopies(count, address))
                .seal(PEER)
                .bytes();
    }

    private static void readEndlesslyNested() throws ProtocolViolation {
        ProtoWriter message = new ProtoWriter();
        for (int i = 0; i < 2 * ProtoReader.MAX_DEPTH; i++) {
            message = new ProtoWriter().message(1, message);
        }
        ProtoReader in = ProtoReader.of(message.toByteArray());
        while (in.nextField() != 0) {
            in = in.message(1000);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
