package io.peerup.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for an identity of every kind. */
class KeysTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    static Stream<Identity> identities() {
        return Stream.of("ed25519", "secp256k1", "ecdsa-p-256", "rsa-2048").map(SampleIdentities::of);
    }

    @ParameterizedTest
    @MethodSource("identities")
    void aSignatureIsAcceptedForItsMessageOnly(Identity identity) {
        byte[] signature = identity.sign(MESSAGE);

        assertThat(identity.publicKey().verify(MESSAGE, signature)).isTrue();
        assertThat(identity.publicKey().verify("a massage".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(Identity.generate().publicKey().verify(MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("identities")
    void everyFlippedBitOfASignatureIsNoticed(Identity identity) {
        byte[] signature = identity.sign(MESSAGE);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            assertThat(identity.publicKey().verify(MESSAGE, flip(signature, bit)))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void everyFlippedBitOfAKeyIsNoticed(Identity identity) {
        byte[] signature = identity.sign(MESSAGE);
        byte[] key = identity.publicKey().toProtobuf();
        for (int bit = 0; bit < 8 * key.length; bit++) {
            assertThat(accepts(flip(key, bit), signature)).as("bit %d", bit).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void bothHalvesComeBackFromTheirBytes(Identity identity) throws ProtocolViolation {
        assertThat(PublicKey.fromProtobuf(identity.publicKey().toProtobuf()))
                .isEqualTo(identity.publicKey())
                .hasSameHashCodeAs(identity.publicKey());
        assertThat(Identity.fromProtobuf(identity.toProtobuf()).toProtobuf()).isEqualTo(identity.toProtobuf());
        assertThat(identity.publicKey().toProtobuf()).hasSizeLessThanOrEqualTo(PublicKey.MAX_BYTES);
    }

    @ParameterizedTest
    @MethodSource("identities")
    void theNameComesBackFromBytesAndText(Identity identity) throws ProtocolViolation {
        PeerId name = identity.peerId();

        assertThat(PeerId.fromBytes(name.bytes())).isEqualTo(name);
        assertThat(PeerId.parse(name.toString())).isEqualTo(name);
        assertThat(identity).hasToString("Identity " + name);
    }

    private static boolean accepts(byte[] key, byte[] signature) {
        try {
            return PublicKey.fromProtobuf(key).verify(MESSAGE, signature);
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    private static byte[] flip(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }
}
