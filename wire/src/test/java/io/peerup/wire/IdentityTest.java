package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity files that are not what they should be. */
class IdentityTest {
    private static final String CURVE = "06082a8648ce3d030107";

    @Test
    void twoNewIdentitiesDiffer() {
        assertThat(Identity.generate().peerId())
                .isNotEqualTo(Identity.generate().peerId());
    }

    @Test
    void nothingOfTheKeyIsPrinted() {
        Identity identity = SampleIdentities.ed25519();
        String secret = HexFormat.of().formatHex(identity.toProtobuf(), 4, 36);

        assertThat(identity.toString())
                .doesNotContain(secret)
                .endsWith(identity.peerId().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {36, 67, 68, 99})
    void everyStoredPublicHalfMustMatchTheSeed(int changed) {
        byte[] file = SampleIdentities.ed25519().toProtobuf();
        byte[] legacy = Der.concatenate(file, Arrays.copyOfRange(file, 36, 68));
        legacy[3] = 96;
        legacy[changed] ^= 1;

        assertBreaks(WireRule.KEY_HALVES_DIFFER, () -> Identity.fromProtobuf(legacy));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65, 95, 97})
    void anEd25519KeyHas64Or96Bytes(int length) {
        assertBreaks(
                WireRule.KEY_MALFORMED,
                () -> Identity.fromProtobuf(KeyMessage.write(KeyType.ED25519, new byte[length])));
        assertThatThrownBy(() -> Identity.ofEd25519Seed(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecp256k1KeyIsANumberBelowTheOrder() throws ProtocolViolation {
        byte[] order = UnsignedInteger.toBytes(Secp256k1.DOMAIN.getN(), 32);
        byte[] largest = UnsignedInteger.toBytes(Secp256k1.DOMAIN.getN().subtract(BigInteger.ONE), 32);

        assertBreaks(WireRule.KEY_MALFORMED, () -> secp256k1(new byte[32]));
        assertBreaks(WireRule.KEY_MALFORMED, () -> secp256k1(order));
        assertBreaks(WireRule.KEY_MALFORMED, () -> secp256k1(new byte[31]));
        assertThat(secp256k1(largest).peerId()).isNotNull();
    }

    @Test
    void anEcdsaKeyIsANumberBelowTheOrderAndOfItsPublicHalf() throws ProtocolViolation {
        byte[] one = UnsignedInteger.toBytes(BigInteger.ONE, 32);
        byte[] foreign = SampleIdentities.ecdsa().publicKey().raw();
        byte[] point = Arrays.copyOfRange(foreign, foreign.length - 65, foreign.length);

        assertThat(ecdsa(sec1(one, CURVE)).peerId()).isNotNull();
        assertBreaks(WireRule.KEY_MALFORMED, () -> ecdsa(sec1(new byte[32], CURVE)));
        assertBreaks(WireRule.KEY_MALFORMED, () -> ecdsa(sec1(new byte[31], CURVE)));
        assertBreaks(WireRule.KEY_MALFORMED, () -> ecdsa(sec1(filled(32), CURVE)));
        assertBreaks(WireRule.KEY_MALFORMED, () -> ecdsa(sec1(one, "06052b8104000a")));
        assertBreaks(WireRule.KEY_HALVES_DIFFER, () -> ecdsa(sec1(one, CURVE, Der.explicit(1, Der.bitString(point)))));
        assertBreaks(WireRule.DER_MALFORMED, () -> ecdsa(sec1(one, CURVE, new byte[1])));
    }

    @Test
    void theNumbersOfAnRsaKeyBelongTogether() {
        BigInteger[] numbers = rsaNumbers();
        for (int i = 1; i < numbers.length; i++) {
            BigInteger[] changed = numbers.clone();
            changed[i] = changed[i].add(BigInteger.TWO);
            assertThatThrownBy(() -> rsa(changed)).as("number %d", i).isInstanceOf(ProtocolViolation.class);
        }
        BigInteger[] trivial = numbers.clone();
        trivial[4] = numbers[1];
        trivial[5] = BigInteger.ONE;
        assertBreaks(WireRule.KEY_MALFORMED, () -> rsa(trivial));
        trivial[5] = BigInteger.ZERO;
        assertBreaks(WireRule.KEY_MALFORMED, () -> rsa(trivial));
    }

    @Test
    void aFileIsBounded() {
        assertBreaks(WireRule.KEY_SIZE_OUT_OF_BOUNDS, () -> Identity.fromProtobuf(new byte[Identity.MAX_BYTES + 1]));
    }

    @Test
    void aFileOfTheLongestKeyFits() {
        assertThat(SampleIdentities.of("rsa-8192").toProtobuf()).hasSizeLessThan(Identity.MAX_BYTES);
    }

    private static Identity secp256k1(byte[] raw) throws ProtocolViolation {
        return Identity.fromProtobuf(KeyMessage.write(KeyType.SECP256K1, raw));
    }

    private static Identity ecdsa(byte[] raw) throws ProtocolViolation {
        return Identity.fromProtobuf(KeyMessage.write(KeyType.ECDSA, raw));
    }

    private static void rsa(BigInteger[] numbers) throws ProtocolViolation {
        byte[][] elements = Arrays.stream(numbers).map(Der::integer).toArray(byte[][]::new);
        Identity.fromProtobuf(KeyMessage.write(KeyType.RSA, Der.sequence(elements)));
    }

    private static BigInteger[] rsaNumbers() {
        try {
            byte[] file = SampleIdentities.rsa().toProtobuf();
            DerReader sequence =
                    new DerReader(KeyMessage.read(file, file.length).data()).sequence();
            BigInteger[] numbers = new BigInteger[9];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = sequence.unsigned(1024);
            }
            return numbers;
        } catch (ProtocolViolation e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sec1(byte[] scalar, String curve, byte[]... more) {
        return Der.sequence(
                Der.integer(BigInteger.ONE),
                Der.octetString(scalar),
                Der.explicit(0, Der.hex(curve)),
                Der.concatenate(more));
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }
}
