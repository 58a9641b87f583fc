package io.peerup.wire;

import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** A key on Bitcoin's curve: a compressed point of 33 bytes. Signatures are DER over SHA-256, with either s. */
public final class Secp256k1PublicKey implements PublicKey {
    private final ECPoint point;

    private Secp256k1PublicKey(ECPoint point) {
        this.point = point;
    }

    /**
     * A key from its compressed point.
     *
     * @throws ProtocolViolation when the bytes are no compressed point of the curve
     */
    public static Secp256k1PublicKey fromCompressed(byte[] raw) throws ProtocolViolation {
        if (raw.length != Secp256k1.COMPRESSED_POINT_BYTES || (raw[0] != 2 && raw[0] != 3)) {
            throw malformed("not a compressed point");
        }
        try {
            return new Secp256k1PublicKey(Secp256k1.DOMAIN.getCurve().decodePoint(raw));
        } catch (IllegalArgumentException e) {
            throw malformed("not on the curve");
        }
    }

    static Secp256k1PublicKey of(ECPoint point) {
        return new Secp256k1PublicKey(point.normalize());
    }

    @Override
    public KeyType type() {
        return KeyType.SECP256K1;
    }

    @Override
    public byte[] raw() {
        return point.getEncoded(true);
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        try {
            EcdsaSignature parsed = EcdsaSignature.fromDer(signature, Secp256k1.SCALAR_BYTES);
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, new ECPublicKeyParameters(point, Secp256k1.DOMAIN));
            return signer.verifySignature(Multihash.sha256Digest(message), parsed.r(), parsed.s());
        } catch (ProtocolViolation notASignature) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secp256k1PublicKey that && point.equals(that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw());
    }

    @Override
    public String toString() {
        return "Secp256k1 " + peerId();
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.KEY_MALFORMED, "secp256k1: " + detail);
    }
}
