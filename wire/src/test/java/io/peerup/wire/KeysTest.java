package io.peerup.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for an identity of every kind. */
class KeysTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    static Stream<Identity> identities() throws Exception {
        return Stream.of(
                Identity.generate(),
                Identity.fromProtobuf(KeyMessage.write(KeyType.SECP256K1, scalar(32))),
                Identity.fromProtobuf(KeyMessage.write(KeyType.ECDSA, sec1(scalar(32), "06082a8648ce3d030107"))),
                Identity.fromProtobuf(KeyMessage.write(KeyType.ECDSA, sec1(scalar(48), "06052b81040022"))),
                Identity.fromProtobuf(KeyMessage.write(KeyType.ECDSA, sec1(scalar(66), "06052b81040023"))),
                Identity.fromProtobuf(KeyMessage.write(KeyType.RSA, pkcs1(2048))));
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

    static byte[] flip(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static byte[] scalar(int bytes) {
        byte[] scalar = new byte[bytes];
        Arrays.fill(scalar, 1, bytes, (byte) 0x5a);
        return scalar;
    }

    private static byte[] sec1(byte[] scalar, String curve) {
        return Der.sequence(Der.integer(BigInteger.ONE), Der.octetString(scalar), Der.explicit(0, Der.hex(curve)));
    }

    static byte[] pkcs1(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        return Der.sequence(
                Der.integer(BigInteger.ZERO),
                Der.integer(key.getModulus()),
                Der.integer(key.getPublicExponent()),
                Der.integer(key.getPrivateExponent()),
                Der.integer(key.getPrimeP()),
                Der.integer(key.getPrimeQ()),
                Der.integer(key.getPrimeExponentP()),
                Der.integer(key.getPrimeExponentQ()),
                Der.integer(key.getCrtCoefficient()));
    }
}
