package io.peerup.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/**
 * An RSA key of 2048 to 8192 bits: PKIX DER. Signatures are PKCS #1 v1.5 over SHA-256.
 *
 * <p>Sizes are checked on the DER, before any arithmetic.
 */
public final class RsaPublicKey implements PublicKey {
    /** The smallest modulus accepted. */
    public static final int MIN_BITS = 2048;

    /** The largest modulus accepted. */
    public static final int MAX_BITS = 8192;

    private static final int MAX_EXPONENT_BYTES = 4;
    private static final byte[] ALGORITHM_ID = Der.hex("300d06092a864886f70d0101010500");

    private final byte[] der;
    private final java.security.PublicKey key;

    private RsaPublicKey(byte[] der, java.security.PublicKey key) {
        this.der = der;
        this.key = key;
    }

    /**
     * A key from its PKIX DER.
     *
     * @throws ProtocolViolation when it is not strict DER, or its modulus or exponent is out of bounds
     */
    public static RsaPublicKey fromDer(byte[] der) throws ProtocolViolation {
        DerReader outer = new DerReader(der);
        DerReader info = outer.sequence();
        outer.end();
        info.expect(ALGORITHM_ID);
        DerReader bits = new DerReader(info.bitString());
        info.end();
        DerReader numbers = bits.sequence();
        bits.end();
        BigInteger modulus = modulus(numbers);
        BigInteger exponent = exponent(numbers);
        numbers.end();
        return new RsaPublicKey(der.clone(), jdkKey(modulus, exponent));
    }

    static byte[] toDer(BigInteger modulus, BigInteger exponent) {
        byte[] numbers = Der.sequence(Der.integer(modulus), Der.integer(exponent));
        return Der.sequence(ALGORITHM_ID, Der.bitString(numbers));
    }

    /** Reads a modulus of an acceptable size. */
    static BigInteger modulus(DerReader in) throws ProtocolViolation {
        BigInteger modulus = in.unsigned(Der.MAX_CONTENT_BYTES);
        if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS || !modulus.testBit(0)) {
            throw outOfBounds("an RSA modulus of " + modulus.bitLength() + " bits");
        }
        return modulus;
    }

    /** Reads an odd exponent from 3 to 2^31 - 1. */
    static BigInteger exponent(DerReader in) throws ProtocolViolation {
        BigInteger exponent = in.unsigned(MAX_EXPONENT_BYTES);
        if (exponent.bitLength() < 2 || exponent.bitLength() > 31 || !exponent.testBit(0)) {
            throw outOfBounds("the RSA exponent " + exponent);
        }
        return exponent;
    }

    @Override
    public KeyType type() {
        return KeyType.RSA;
    }

    @Override
    public byte[] raw() {
        return der.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(RsaPrivateKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RsaPublicKey that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "RSA " + peerId();
    }

    private static java.security.PublicKey jdkKey(BigInteger modulus, BigInteger exponent) throws ProtocolViolation {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "RSA: " + e.getMessage());
        }
    }

    private static ProtocolViolation outOfBounds(String detail) {
        return new ProtocolViolation(WireRule.KEY_SIZE_OUT_OF_BOUNDS, detail);
    }
}
