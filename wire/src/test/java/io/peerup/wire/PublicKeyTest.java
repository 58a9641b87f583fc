package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that come close to a key. */
class PublicKeyTest {
    private static final String P256_PREFIX = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
    private static final String P256_PRIME = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

    @Test
    void onlyTheDeterministicSerialisationIsAKey() {
        byte[] key = SampleIdentities.ed25519().publicKey().toProtobuf();
        byte[] type = Arrays.copyOf(key, 2);
        byte[] data = Arrays.copyOfRange(key, 2, key.length);

        assertMalformed(Der.concatenate(data, type));
        assertMalformed(Der.concatenate(type, type, data));
        assertMalformed(Der.concatenate(type, data, data));
        assertMalformed(Der.concatenate(key, HexFormat.of().parseHex("1801")));
        assertMalformed(Der.concatenate(HexFormat.of().parseHex("088100"), data));
    }

    @Test
    void anEcdsaKeyIsOnItsCurve() {
        byte[] der = SampleIdentities.ecdsa().publicKey().raw();
        byte[] moved = der.clone();
        moved[der.length - 1] ^= 1;

        assertBreaks(WireRule.KEY_MALFORMED, () -> EcdsaPublicKey.fromDer(moved));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04" + "0000000000000000000000000000000000000000000000000000000000000000"
                        + "0000000000000000000000000000000000000000000000000000000000000000",
                "04" + P256_PRIME + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4",
                "02" + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "06" + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
                "00",
                "",
            })
    void anEcdsaKeyIsAnUncompressedPointWithReducedCoordinates(String point) {
        byte[] der = HexFormat.of().parseHex(P256_PREFIX + point);

        assertBreaks(WireRule.KEY_MALFORMED, () -> EcdsaPublicKey.fromDer(der));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "020000000000000000000000000000000000000000000000000000000000000005",
                "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
                "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                        + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
                "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800",
            })
    void aSecp256k1KeyIsACompressedPointOfTheCurve(String raw) {
        assertBreaks(
                WireRule.KEY_MALFORMED,
                () -> Secp256k1PublicKey.fromCompressed(HexFormat.of().parseHex(raw)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void anEd25519KeyHas32Bytes(int length) {
        assertBreaks(WireRule.KEY_MALFORMED, () -> Ed25519PublicKey.of(new byte[length]));
    }

    private static void assertMalformed(byte[] serialized) {
        assertThatThrownBy(() -> PublicKey.fromProtobuf(serialized)).isInstanceOf(ProtocolViolation.class);
    }
}
