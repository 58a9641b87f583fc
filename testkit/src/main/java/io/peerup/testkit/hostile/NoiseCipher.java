package io.peerup.testkit.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** ChaCha20-Poly1305 with a counter, in one direction; before there is a key, nothing at all. */
final class NoiseCipher {
    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_AT = 4;

    private final @Nullable SecretKeySpec key;
    private long counter;

    NoiseCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "ChaCha20");
    }

    private NoiseCipher() {
        this.key = null;
    }

    static NoiseCipher none() {
        return new NoiseCipher();
    }

    byte[] seal(byte[] plain, byte[] associated) {
        return run(Cipher.ENCRYPT_MODE, plain, associated);
    }

    byte[] open(byte[] sealed, byte[] associated) {
        return run(Cipher.DECRYPT_MODE, sealed, associated);
    }

    private byte[] run(int mode, byte[] input, byte[] associated) {
        if (key == null) {
            return input;
        }
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        nonce.putLong(COUNTER_AT, counter++);
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(mode, key, new IvParameterSpec(nonce.array()));
            cipher.updateAAD(associated);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
