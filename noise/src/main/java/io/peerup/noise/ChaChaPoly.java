package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ChaCha20-Poly1305 with one key for one direction, over arrays because the JDK is fastest there. A nonce is four zero
 * bytes and the counter, little-endian.
 */
final class ChaChaPoly {
    static final int KEY_BYTES = 32;
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];

    ChaChaPoly(byte[] key) {
        this(key, new byte[NONCE_BYTES - Long.BYTES]);
    }

    /** With another start of the nonce than Noise's zeros, as general test vectors need it. */
    ChaChaPoly(byte[] key, byte[] noncePrefix) {
        System.arraycopy(noncePrefix, 0, nonce, 0, NONCE_BYTES - Long.BYTES);
        this.key = new SecretKeySpec(key, "ChaCha20");
        try {
            this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK from 11 on has ChaCha20-Poly1305", missing);
        }
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

    /** Decrypts; {@code out} may be {@code in} at the same offset. Returns {@code length - TAG_BYTES}. */
    int open(long counter, byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws ProtocolViolation {
        try {
            init(Cipher.DECRYPT_MODE, counter, associated);
            return cipher.doFinal(in, inOffset, length, out, outOffset);
        } catch (AEADBadTagException forged) {
            throw new ProtocolViolation(NoiseRule.AUTHENTICATION, "a ciphertext that was not made with this key");
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("opening fails by its tag only", bug);
        }
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
