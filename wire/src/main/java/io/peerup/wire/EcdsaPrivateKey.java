package io.peerup.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECPrivateKeySpec;

/** A scalar on a NIST curve: the DER of SEC 1, appendix C.4. */
record EcdsaPrivateKey(NistCurve curve, BigInteger scalar, EcdsaPublicKey publicKey) implements PrivateKey {
    /** With fixed-width signatures, so that no DER of a peer reaches the provider. */
    static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    private static final BigInteger VERSION = BigInteger.ONE;

    static EcdsaPrivateKey fromDer(byte[] der) throws ProtocolViolation {
        DerReader outer = new DerReader(der);
        DerReader sequence = outer.sequence();
        outer.end();
        sequence.expect(Der.integer(VERSION));
        byte[] scalarBytes = sequence.octetString();
        NistCurve curve = NistCurve.ofObjectId(sequence.explicit(0));
        EcdsaPrivateKey key = of(curve, scalarBytes);
        if (sequence.nextIsExplicit(1)) {
            requireOwn(key, sequence.explicit(1).bitString());
        }
        sequence.end();
        return key;
    }

    @Override
    public byte[] raw() {
        byte[] point = curve.pointOfPublicKey(publicKey.raw());
        return Der.sequence(
                Der.integer(VERSION),
                Der.octetString(UnsignedInteger.toBytes(scalar, curve.fieldBytes())),
                Der.explicit(0, curve.objectId()),
                Der.explicit(1, Der.bitString(point)));
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(
                    KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, curve.parameters())));
            signer.update(message);
            return EcdsaSignature.fromFixed(signer.sign()).toDer();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refuses to sign with a valid key", e);
        }
    }

    private static EcdsaPrivateKey of(NistCurve curve, byte[] scalarBytes) throws ProtocolViolation {
        BigInteger scalar = new BigInteger(1, scalarBytes);
        if (scalarBytes.length != curve.fieldBytes() || scalar.signum() == 0 || scalar.compareTo(curve.order()) >= 0) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "an ECDSA private key outside the group");
        }
        byte[] publicDer = curve.publicKeyDer(curve.publicPoint(scalar));
        return new EcdsaPrivateKey(curve, scalar, EcdsaPublicKey.fromDer(publicDer));
    }

    private static void requireOwn(EcdsaPrivateKey key, byte[] point) throws ProtocolViolation {
        if (!MessageDigest.isEqual(key.curve.pointOfPublicKey(key.publicKey.raw()), point)) {
            throw new ProtocolViolation(WireRule.KEY_HALVES_DIFFER, "the public half is of another key");
        }
    }
}
