package io.peerup.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 seed. The public half that files store beside it is only compared, never signed with: signing with a
 * foreign one would give the private key away.
 */
record Ed25519PrivateKey(Ed25519PrivateKeyParameters seed, Ed25519PublicKey publicKey) implements PrivateKey {
    static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;
    private static final int FILE_BYTES = SEED_BYTES + Ed25519PublicKey.BYTES;
    private static final int LEGACY_FILE_BYTES = FILE_BYTES + Ed25519PublicKey.BYTES;

    static Ed25519PrivateKey ofSeed(byte[] seed) {
        Ed25519PrivateKeyParameters parameters = new Ed25519PrivateKeyParameters(seed);
        try {
            return new Ed25519PrivateKey(
                    parameters,
                    Ed25519PublicKey.of(parameters.generatePublicKey().getEncoded()));
        } catch (ProtocolViolation e) {
            throw new IllegalStateException("a generated public key is well-formed", e);
        }
    }

    /** Seed and public key, or the legacy form with the public key twice. */
    static Ed25519PrivateKey fromRaw(byte[] raw) throws ProtocolViolation {
        if (raw.length != FILE_BYTES && raw.length != LEGACY_FILE_BYTES) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "an Ed25519 private key of " + raw.length + " bytes");
        }
        Ed25519PrivateKey key = ofSeed(Arrays.copyOf(raw, SEED_BYTES));
        byte[] expected = key.publicKey.raw();
        for (int offset = SEED_BYTES; offset < raw.length; offset += Ed25519PublicKey.BYTES) {
            byte[] stored = Arrays.copyOfRange(raw, offset, offset + Ed25519PublicKey.BYTES);
            if (!MessageDigest.isEqual(expected, stored)) {
                throw new ProtocolViolation(WireRule.KEY_HALVES_DIFFER, "the public half is of another key");
            }
        }
        return key;
    }

    @Override
    public byte[] raw() {
        return Der.concatenate(seed.getEncoded(), publicKey.raw());
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        seed.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }
}
