package io.peerup.noise;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** One cipher in each direction for each thread that needs it. */
final class ThreadCiphers {
    private final ThreadLocal<Cipher> sealing;
    private final ThreadLocal<Cipher> opening;

    /** Where a cipher comes from. */
    interface Source {
        Cipher cipher() throws GeneralSecurityException;
    }

    ThreadCiphers(Source source) {
        this.sealing = ThreadLocal.withInitial(() -> make(source));
        this.opening = ThreadLocal.withInitial(() -> make(source));
    }

    /** Such a cipher may refuse to seal twice with one key and nonce. */
    Cipher sealing() {
        return sealing.get();
    }

    Cipher opening() {
        return opening.get();
    }

    private static Cipher make(Source source) {
        try {
            return source.cipher();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("ChaCha20-Poly1305 is missing", missing);
        }
    }
}
