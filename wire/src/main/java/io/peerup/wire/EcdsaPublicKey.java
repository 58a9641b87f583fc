package io.peerup.wire;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** An ECDSA key on P-256, P-384 or P-521: PKIX DER. Signatures are DER over SHA-256. */
public final class EcdsaPublicKey implements PublicKey {
    private final byte[] der;
    private final NistCurve curve;
    private final java.security.PublicKey key;

    private EcdsaPublicKey(byte[] der, NistCurve curve, java.security.PublicKey key) {
        this.der = der;
        this.curve = curve;
        this.key = key;
    }

    /**
     * A key from its PKIX DER.
     *
     * @throws ProtocolViolation when it is not an uncompressed point of one of the three curves, or not strict DER
     */
    public static EcdsaPublicKey fromDer(byte[] der) throws ProtocolViolation {
        NistCurve curve = NistCurve.ofPublicKey(der);
        ECPublicKeySpec spec = new ECPublicKeySpec(curve.decode(curve.pointOfPublicKey(der)), curve.parameters());
        try {
            return new EcdsaPublicKey(
                    der.clone(), curve, KeyFactory.getInstance("EC").generatePublic(spec));
        } catch (GeneralSecurityException e) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "ECDSA: " + e.getMessage());
        }
    }

    @Override
    public KeyType type() {
        return KeyType.ECDSA;
    }

    @Override
    public byte[] raw() {
        return der.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        try {
            EcdsaSignature parsed = EcdsaSignature.fromDer(signature, curve.fieldBytes());
            Signature verifier = Signature.getInstance(EcdsaPrivateKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(parsed.toFixed(curve.fieldBytes()));
        } catch (ProtocolViolation | GeneralSecurityException notASignature) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EcdsaPublicKey that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "ECDSA " + peerId();
    }
}
