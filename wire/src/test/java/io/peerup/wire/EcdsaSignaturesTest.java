package io.peerup.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers and encodings at the edges of ECDSA, on both kinds of curve. */
class EcdsaSignaturesTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);
    private static final BigInteger ZERO = BigInteger.ZERO;
    private static final BigInteger ONE = BigInteger.ONE;

    private static final BigInteger SECP256K1_ORDER = Secp256k1.DOMAIN.getN();
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    record Curve(String name, Identity identity, BigInteger order) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Curve> curves() throws ProtocolViolation {
        byte[] scalar = HexFormat.of().parseHex("11".repeat(32));
        byte[] sec1 = Der.sequence(
                Der.integer(ONE), Der.octetString(scalar), Der.explicit(0, Der.hex("06082a8648ce3d030107")));
        return List.of(
                new Curve(
                        "secp256k1",
                        Identity.fromProtobuf(KeyMessage.write(KeyType.SECP256K1, scalar)),
                        SECP256K1_ORDER),
                new Curve("P-256", Identity.fromProtobuf(KeyMessage.write(KeyType.ECDSA, sec1)), P256_ORDER));
    }

    static Stream<Arguments> forgeries() throws ProtocolViolation {
        return curves().stream()
                .flatMap(curve -> forgeries(curve).entrySet().stream()
                        .map(forgery -> Arguments.of(curve, forgery.getKey(), forgery.getValue())));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void bothFormsOfSAreAccepted(Curve curve) throws ProtocolViolation {
        EcdsaSignature honest = sign(curve);
        EcdsaSignature other = new EcdsaSignature(honest.r(), curve.order().subtract(honest.s()));

        assertThat(curve.identity().publicKey().verify(MESSAGE, honest.toDer())).isTrue();
        assertThat(curve.identity().publicKey().verify(MESSAGE, other.toDer())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void isRefused(Curve curve, String forgery, byte[] signature) {
        assertThat(curve.identity().publicKey().verify(MESSAGE, signature))
                .as(forgery)
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("curves")
    void secp256k1SignsWithTheSmallerS(Curve curve) throws ProtocolViolation {
        if (curve.identity().publicKey().type() == KeyType.SECP256K1) {
            for (int i = 0; i < 20; i++) {
                byte[] der = curve.identity().sign(new byte[] {(byte) i});
                assertThat(EcdsaSignature.fromDer(der, 32).s())
                        .isLessThanOrEqualTo(curve.order().shiftRight(1));
            }
        }
    }

    private static Map<String, byte[]> forgeries(Curve curve) {
        EcdsaSignature honest = sign(curve);
        BigInteger r = honest.r();
        BigInteger s = honest.s();
        BigInteger n = curve.order();
        byte[] der = honest.toDer();
        byte[] rDer = Der.integer(r);
        byte[] sDer = Der.integer(s);
        Map<String, byte[]> forgeries = new TreeMap<>();
        forgeries.put("both zero", encode(ZERO, ZERO));
        forgeries.put("r zero", encode(ZERO, s));
        forgeries.put("s zero", encode(r, ZERO));
        forgeries.put("both one", encode(ONE, ONE));
        forgeries.put("r the order", encode(n, s));
        forgeries.put("s the order", encode(r, n));
        forgeries.put("r one more round", encode(r.add(n), s));
        forgeries.put("s one more round", encode(r, s.add(n)));
        forgeries.put("r less one round", encode(r.subtract(n), s));
        forgeries.put("s less one round", encode(r, s.subtract(n)));
        forgeries.put("r negated", encode(r.negate(), s));
        forgeries.put("s negated", encode(r, s.negate()));
        forgeries.put("huge numbers", encode(r.shiftLeft(4096), s));
        forgeries.put("exchanged", encode(s, r));
        forgeries.put("empty", new byte[0]);
        forgeries.put("empty sequence", Der.sequence());
        forgeries.put("one number", Der.sequence(rDer));
        forgeries.put("three numbers", Der.sequence(rDer, sDer, Der.integer(ZERO)));
        forgeries.put("bytes after", Der.concatenate(der, new byte[1]));
        forgeries.put("truncated", Arrays.copyOf(der, der.length - 1));
        forgeries.put("r padded", Der.sequence(padded(rDer), sDer));
        forgeries.put("s padded", Der.sequence(rDer, padded(sDer)));
        forgeries.put("no sequence", Der.concatenate(rDer, sDer));
        forgeries.put("a set", replaced(der, 0, 0x31));
        forgeries.put("a length that is not minimal", longForm(der));
        forgeries.put("an indefinite length", Der.concatenate(indefinite(der), new byte[2]));
        forgeries.put(
                "octet strings", Der.sequence(Der.octetString(r.toByteArray()), Der.octetString(s.toByteArray())));
        forgeries.put("empty numbers", Der.hex("300402000200"));
        forgeries.put("fixed width", honest.toFixed(32));
        return forgeries;
    }

    private static EcdsaSignature sign(Curve curve) {
        try {
            return EcdsaSignature.fromDer(curve.identity().sign(MESSAGE), 32);
        } catch (ProtocolViolation e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encode(BigInteger r, BigInteger s) {
        return Der.sequence(Der.integer(r), Der.integer(s));
    }

    private static byte[] padded(byte[] integer) {
        byte[] content = Arrays.copyOfRange(integer, 1, integer.length);
        content[0] = 0;
        return Der.concatenate(new byte[] {2, (byte) (integer[1] + 1)}, content);
    }

    private static byte[] longForm(byte[] der) {
        return Der.concatenate(new byte[] {der[0], (byte) 0x81}, Arrays.copyOfRange(der, 1, der.length));
    }

    private static byte[] indefinite(byte[] der) {
        return replaced(der, 1, 0x80);
    }

    private static byte[] replaced(byte[] bytes, int index, int value) {
        byte[] replaced = bytes.clone();
        replaced[index] = (byte) value;
        return replaced;
    }
}
