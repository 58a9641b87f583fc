package io.peerup.wire;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key: 32 bytes, RFC 8032. Bytes that are no point of the curve are a key that verifies nothing. */
public final class Ed25519PublicKey implements PublicKey {
    /** The length of the raw key. */
    public static final int BYTES = Ed25519.PUBLIC_KEY_SIZE;

    private final byte[] point;

    private Ed25519PublicKey(byte[] point) {
        this.point = point;
    }

    /**
     * A key from its 32 bytes.
     *
     * @throws ProtocolViolation when there are more or fewer
     */
    public static Ed25519PublicKey of(byte[] raw) throws ProtocolViolation {
        if (raw.length != BYTES) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "an Ed25519 key of " + raw.length + " bytes");
        }
        return new Ed25519PublicKey(raw.clone());
    }

    @Override
    public KeyType type() {
        return KeyType.ED25519;
    }

    @Override
    public byte[] raw() {
        return point.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, point, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(point, that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    @Override
    public String toString() {
        return "Ed25519 " + peerId();
    }
}
