package io.peerup.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;

/** An RSA private key: the DER of PKCS #1, RFC 8017 appendix A.1.2. */
final class RsaPrivateKey implements PrivateKey {
    static final String ALGORITHM = "SHA256withRSA";

    private static final BigInteger VERSION = BigInteger.ZERO;
    private static final int MAX_NUMBER_BYTES = RsaPublicKey.MAX_BITS / 8;

    private final byte[] der;
    private final java.security.PrivateKey key;
    private final RsaPublicKey publicKey;

    private RsaPrivateKey(byte[] der, java.security.PrivateKey key, RsaPublicKey publicKey) {
        this.der = der;
        this.key = key;
        this.publicKey = publicKey;
    }

    static RsaPrivateKey fromDer(byte[] der) throws ProtocolViolation {
        RSAPrivateCrtKeySpec numbers = parse(der);
        requireConsistent(numbers);
        RsaPublicKey publicKey =
                RsaPublicKey.fromDer(RsaPublicKey.toDer(numbers.getModulus(), numbers.getPublicExponent()));
        try {
            return new RsaPrivateKey(der.clone(), KeyFactory.getInstance("RSA").generatePrivate(numbers), publicKey);
        } catch (GeneralSecurityException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public RsaPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] raw() {
        return der.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refuses to sign with a valid key", e);
        }
    }

    private static RSAPrivateCrtKeySpec parse(byte[] der) throws ProtocolViolation {
        DerReader outer = new DerReader(der);
        DerReader sequence = outer.sequence();
        outer.end();
        sequence.expect(Der.integer(VERSION));
        BigInteger modulus = RsaPublicKey.modulus(sequence);
        BigInteger publicExponent = RsaPublicKey.exponent(sequence);
        BigInteger[] secrets = new BigInteger[6];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = sequence.unsigned(MAX_NUMBER_BYTES);
        }
        sequence.end();
        return new RSAPrivateCrtKeySpec(
                modulus, publicExponent, secrets[0], secrets[1], secrets[2], secrets[3], secrets[4], secrets[5]);
    }

    /** Signing with inconsistent numbers would reveal the factors. */
    private static void requireConsistent(RSAPrivateCrtKeySpec key) throws ProtocolViolation {
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        BigInteger d = key.getPrivateExponent();
        if (Arrays.asList(p, q).stream().anyMatch(prime -> prime.bitLength() < 2)
                || !p.multiply(q).equals(key.getModulus())) {
            throw malformed("the primes are not those of the modulus");
        }
        BigInteger pMinusOne = p.subtract(BigInteger.ONE);
        BigInteger qMinusOne = q.subtract(BigInteger.ONE);
        BigInteger e = key.getPublicExponent();
        boolean consistent = inverse(e, d, pMinusOne)
                && inverse(e, d, qMinusOne)
                && key.getPrimeExponentP().equals(d.mod(pMinusOne))
                && key.getPrimeExponentQ().equals(d.mod(qMinusOne))
                && inverse(q, key.getCrtCoefficient(), p);
        if (!consistent) {
            throw malformed("the exponents do not belong together");
        }
    }

    private static boolean inverse(BigInteger a, BigInteger b, BigInteger modulus) {
        return a.multiply(b).mod(modulus).equals(BigInteger.ONE);
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.KEY_MALFORMED, "RSA: " + detail);
    }
}
