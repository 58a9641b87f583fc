package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ChaCha20-Poly1305 with one key for one direction. A nonce is four zero bytes and the counter, little-endian.
 */
final class ChaChaPoly {
    static final int KEY_BYTES = 32;
    static final int TAG_BYTES = 16;
    static final byte[] NOTHING = {};

    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];

    ChaChaPoly(CryptoProvider provider, byte[] key) {
        this(provider, key, new byte[NONCE_BYTES - Long.BYTES]);
    }

    /** With another start of the nonce than Noise's zeros, as general test vectors need it. */
    ChaChaPoly(CryptoProvider provider, byte[] key, byte[] noncePrefix) {
        System.arraycopy(noncePrefix, 0, nonce, 0, NONCE_BYTES - Long.BYTES);
        this.key = new SecretKeySpec(key, "ChaCha20");
        this.cipher = provider.chaChaPoly();
    }

    /** Encrypts; {@code out} may be {@code in} at the same offset. Returns {@code length + TAG_BYTES}. */
    int seal(long counter, byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            init(Cipher.ENCRYPT_MODE, counter, associated);
            return cipher.doFinal(in, inOffset, length, out, outOffset);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("sealing cannot fail", bug);
        }
    }

    /** Encrypts what remains of {@code in}; {@code out} may be the same memory. */
    void seal(long counter, ByteBuffer in, ByteBuffer out) {
        try {
            init(Cipher.ENCRYPT_MODE, counter, NOTHING);
            cipher.doFinal(in, out);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("sealing cannot fail", bug);
        }
    }

    /** Decrypts; {@code out} may be {@code in} at the same offset. Returns {@code length - TAG_BYTES}. */
    int open(long counter, byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws ProtocolViolation {
        try {
            init(Cipher.DECRYPT_MODE, counter, associated);
            return cipher.doFinal(in, inOffset, length, out, outOffset);
        } catch (AEADBadTagException forged) {
            throw forged();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("opening fails by its tag only", bug);
        }
    }

    /** Decrypts what remains of {@code in}; {@code out} may be the same memory. */
    void open(long counter, ByteBuffer in, ByteBuffer out) throws ProtocolViolation {
        try {
            init(Cipher.DECRYPT_MODE, counter, NOTHING);
            cipher.doFinal(in, out);
        } catch (AEADBadTagException forged) {
            throw forged();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("opening fails by its tag only", bug);
        }
    }

    private static ProtocolViolation forged() {
        return new ProtocolViolation(NoiseRule.AUTHENTICATION, "a ciphertext that was not made with this key");
    }

    private void init(int mode, long counter, byte[] associated) throws GeneralSecurityException {
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - Long.BYTES + i] = (byte) (counter >>> (Byte.SIZE * i));
        }
        cipher.init(mode, key, new IvParameterSpec(nonce));
        if (associated.length > 0) {
            cipher.updateAAD(associated);
        }
    }
}
