package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeyTest {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    @ParameterizedTest
    @ValueSource(ints = {2048, 2049, 3072, 8192})
    void sizesWithinTheBoundsAreRead(int bits) throws ProtocolViolation {
        PublicKey key = RsaPublicKey.fromDer(RsaPublicKey.toDer(modulus(bits), F4));

        assertThat(PublicKey.fromProtobuf(key.toProtobuf())).isEqualTo(key);
        assertThat(key.toProtobuf().length).isLessThanOrEqualTo(PublicKey.MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 1024, 2047, 8193, 16384, 262144})
    void otherSizesAreRefused(int bits) {
        byte[] der = RsaPublicKey.toDer(modulus(bits), F4);

        assertBreaks(WireRule.KEY_SIZE_OUT_OF_BOUNDS, () -> RsaPublicKey.fromDer(der));
        assertBreaks(WireRule.KEY_SIZE_OUT_OF_BOUNDS, () -> PublicKey.fromProtobuf(KeyMessage.write(KeyType.RSA, der)));
    }

    @Test
    void anEvenModulusIsRefused() {
        byte[] der = RsaPublicKey.toDer(BigInteger.ONE.shiftLeft(2047), F4);

        assertBreaks(WireRule.KEY_SIZE_OUT_OF_BOUNDS, () -> RsaPublicKey.fromDer(der));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4, 65536, 1L << 31, (1L << 31) + 1, (1L << 32) - 1})
    void exponentsThatAreEvenOrOutOfBoundsAreRefused(long exponent) {
        byte[] der = RsaPublicKey.toDer(modulus(2048), BigInteger.valueOf(exponent));

        assertBreaks(WireRule.KEY_SIZE_OUT_OF_BOUNDS, () -> RsaPublicKey.fromDer(der));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 17, 65537, (1L << 31) - 1})
    void otherExponentsAreRead(long exponent) throws ProtocolViolation {
        assertThat(RsaPublicKey.fromDer(RsaPublicKey.toDer(modulus(2048), BigInteger.valueOf(exponent))))
                .isNotNull();
    }

    @Test
    void onlyStrictDerIsRead() {
        byte[] der = RsaPublicKey.toDer(modulus(2048), F4);

        assertBreaks(WireRule.DER_MALFORMED, () -> RsaPublicKey.fromDer(Der.concatenate(der, new byte[1])));
        assertBreaks(WireRule.DER_MALFORMED, () -> RsaPublicKey.fromDer(Arrays.copyOf(der, der.length - 1)));
        assertBreaks(WireRule.DER_MALFORMED, () -> RsaPublicKey.fromDer(new byte[0]));
        assertBreaks(
                WireRule.DER_MALFORMED,
                () -> RsaPublicKey.fromDer(RsaPublicKey.toDer(modulus(2048).negate(), F4)));
    }

    private static BigInteger modulus(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    }
}
