package io.peerup.testkit.hostile;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** An Ed25519 identity out of the JDK. */
public final class RawIdentity {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int KEY_BYTES = 32;
    private static final int ED25519 = 1;

    private final KeyPair keys;

    private RawIdentity(KeyPair keys) {
        this.keys = keys;
    }

    /** A new one. */
    public static RawIdentity generate() {
        try {
            return new RawIdentity(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The public key as libp2p sends it. */
    public byte[] publicKey() {
        byte[] encoded = keys.getPublic().getEncoded();
        return publicKey(ED25519, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /** A public key of any type and content. */
    public static byte[] publicKey(int type, byte[] data) {
        return Bytes.join(Proto.number(1, type), Proto.bytes(2, data));
    }

    /** The peer id, in bytes. */
    public byte[] peerId() {
        byte[] key = publicKey();
        return Bytes.join(new byte[] {0, (byte) key.length}, key);
    }

    /** The peer id as it is written. */
    public String name() {
        StringBuilder text = new StringBuilder();
        for (BigInteger left = new BigInteger(1, peerId()); left.signum() > 0; left = left.divide(BASE)) {
            text.append(ALPHABET.charAt(left.mod(BASE).intValue()));
        }
        return text.append('1').reverse().toString();
    }

    /** Ed25519 over these bytes. */
    public byte[] sign(byte[]... message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(Bytes.join(message));
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** An envelope over a payload, signed by this identity. */
    public byte[] envelope(String domain, byte[] type, byte[] payload) {
        byte[] text = Bytes.text(domain);
        byte[] signature =
                sign(Varint.of(text.length), text, Varint.of(type.length), type, Varint.of(payload.length), payload);
        return Bytes.join(
                Proto.bytes(1, publicKey()), Proto.bytes(2, type), Proto.bytes(3, payload), Proto.bytes(5, signature));
    }
}
