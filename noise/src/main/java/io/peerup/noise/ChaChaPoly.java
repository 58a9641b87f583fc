package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * ChaCha20-Poly1305 with Noise's nonce: four zero bytes, then the counter in little-endian. Noise revision 34, section 12.
 *
 * <p>Two implementations share the work: the provider's is by far the faster one on long messages, Bouncy Castle's begins one
 * sooner and with next to no garbage. The ciphers belong to the thread: every message brings its key, and a connection that
 * is idle should own none.
 */
final class ChaChaPoly {
    static final int KEY_BYTES = 32;
    static final int TAG_BYTES = 16;
    static final byte[] NOTHING = {};

    /** Bouncy Castle seals and opens plaintexts up to here that lie in arrays. */
    static final int SMALL_BYTES = 128;

    private static final int NONCE_BYTES = 12;

    private static final ThreadLocal<ChaCha20Poly1305> SMALL = ThreadLocal.withInitial(ChaCha20Poly1305::new);

    private final ThreadCiphers ciphers;
    private final SecretKeySpec key;
    private final KeyParameter smallKey;
    private final byte[] nonce = new byte[NONCE_BYTES];

    ChaChaPoly(CryptoProvider provider, byte[] key) {
        this(provider, key, new byte[NONCE_BYTES - Long.BYTES]);
    }

    /** With another start of the nonce than Noise's zeros, as general test vectors need it. */
    ChaChaPoly(CryptoProvider provider, byte[] key, byte[] noncePrefix) {
        System.arraycopy(noncePrefix, 0, nonce, 0, NONCE_BYTES - Long.BYTES);
        this.ciphers = provider.chaChaPoly();
        this.key = new SecretKeySpec(key, "ChaCha20");
        this.smallKey = new KeyParameter(key);
    }

    /** Encrypts; {@code out} may be {@code in} at the same offset. Returns {@code length + TAG_BYTES}. */
    int seal(long counter, byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        setNonce(counter);
        try {
            if (length <= SMALL_BYTES) {
                return small(true, associated, in, inOffset, length, out, outOffset);
            }
            return sealing(associated).doFinal(in, inOffset, length, out, outOffset);
        } catch (GeneralSecurityException | InvalidCipherTextException bug) {
            throw new IllegalStateException("sealing cannot fail", bug);
        }
    }

    /** Encrypts what remains of {@code in}; {@code out} may be the same memory. */
    void seal(long counter, ByteBuffer in, ByteBuffer out) {
        setNonce(counter);
        try {
            sealing(NOTHING).doFinal(in, out);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("sealing cannot fail", bug);
        }
    }

    /** Decrypts; {@code out} may be {@code in} at the same offset. Returns {@code length - TAG_BYTES}. */
    int open(long counter, byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws ProtocolViolation {
        setNonce(counter);
        try {
            if (length <= SMALL_BYTES + TAG_BYTES) {
                return small(false, associated, in, inOffset, length, out, outOffset);
            }
            return opening(associated).doFinal(in, inOffset, length, out, outOffset);
        } catch (AEADBadTagException | InvalidCipherTextException forged) {
            throw forged();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("opening fails by its tag only", bug);
        }
    }

    /** Decrypts what remains of {@code in}; {@code out} may be the same memory. */
    void open(long counter, ByteBuffer in, ByteBuffer out) throws ProtocolViolation {
        setNonce(counter);
        try {
            opening(NOTHING).doFinal(in, out);
        } catch (AEADBadTagException forged) {
            throw forged();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("opening fails by its tag only", bug);
        }
    }

    private Cipher sealing(byte[] associated) throws GeneralSecurityException {
        return begin(ciphers.sealing(), Cipher.ENCRYPT_MODE, associated);
    }

    private Cipher opening(byte[] associated) throws GeneralSecurityException {
        return begin(ciphers.opening(), Cipher.DECRYPT_MODE, associated);
    }

    private Cipher begin(Cipher cipher, int mode, byte[] associated) throws GeneralSecurityException {
        cipher.init(mode, key, new IvParameterSpec(nonce));
        if (associated.length > 0) {
            cipher.updateAAD(associated);
        }
        return cipher;
    }

    private int small(boolean seal, byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws InvalidCipherTextException {
        ChaCha20Poly1305 cipher = SMALL.get();
        cipher.init(seal, new ParametersWithIV(smallKey, nonce));
        if (associated.length > 0) {
            cipher.processAADBytes(associated, 0, associated.length);
        }
        int done = cipher.processBytes(in, inOffset, length, out, outOffset);
        return done + cipher.doFinal(out, outOffset + done);
    }

    private void setNonce(long counter) {
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - Long.BYTES + i] = (byte) (counter >>> (Byte.SIZE * i));
        }
    }

    private static ProtocolViolation forged() {
        return new ProtocolViolation(NoiseRule.AUTHENTICATION, "a ciphertext that was not made with this key");
    }
}
