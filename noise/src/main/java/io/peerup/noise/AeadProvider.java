package io.peerup.noise;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Locale;
import javax.crypto.Cipher;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * Whose ChaCha20-Poly1305 seals what connections carry; chosen once in a process. BoringSSL's, through Conscrypt, where that
 * is on the class path and its native code loads: it is fast on every processor, the JDK's only where there is AVX-512. The
 * system property {@value #PROPERTY}, {@code jdk} or {@code conscrypt}, chooses by hand.
 */
enum AeadProvider {
    /** Fastest over arrays. */
    JDK("ChaCha20-Poly1305"),
    /** Fastest over direct buffers; an array it copies. */
    CONSCRYPT("ChaCha20/Poly1305/NoPadding");

    static final String PROPERTY = "io.peerup.noise.aead";

    private static final AeadProvider CHOSEN = choose(System.getProperty(PROPERTY));

    private final String algorithm;

    AeadProvider(String algorithm) {
        this.algorithm = algorithm;
    }

    static AeadProvider chosen() {
        return CHOSEN;
    }

    boolean isFastestOnDirectBuffers() {
        return this == CONSCRYPT;
    }

    Cipher cipher() {
        try {
            return switch (this) {
                case JDK -> Cipher.getInstance(algorithm);
                case CONSCRYPT -> Cipher.getInstance(algorithm, BoringSsl.PROVIDER);
            };
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(this + " has no " + algorithm, missing);
        }
    }

    private static AeadProvider choose(@Nullable String name) {
        if (name != null) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
        try {
            return Conscrypt.isAvailable() ? CONSCRYPT : JDK;
        } catch (LinkageError notOnTheClassPath) {
            return JDK;
        }
    }

    /** Loaded only when it is used. */
    private static final class BoringSsl {
        static final Provider PROVIDER = Conscrypt.newProvider();
    }
}
