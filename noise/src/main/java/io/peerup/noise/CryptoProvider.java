package io.peerup.noise;

import java.security.Provider;
import java.util.Locale;
import javax.crypto.Cipher;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * Whose ChaCha20-Poly1305 and X25519 we use; chosen once in a process. BoringSSL's, through Conscrypt, where that is on the
 * class path and its native code loads. The system property {@value #PROPERTY}, {@code jvm} or {@code boringssl}, chooses
 * by hand.
 */
enum CryptoProvider {
    /** The JDK's cipher, fast only where there is AVX-512 and fastest over arrays, and Bouncy Castle's curve. */
    JVM,
    /** Fast on every processor, and fastest over direct buffers; an array it copies. */
    BORINGSSL;

    static final String PROPERTY = "io.peerup.noise.crypto";

    private static final CryptoProvider CHOSEN = choose(System.getProperty(PROPERTY));

    /** ChaCha20-Poly1305 as the JDK has it since 11. */
    private static final ThreadCiphers JDK = new ThreadCiphers(() -> Cipher.getInstance("ChaCha20-Poly1305"));

    static CryptoProvider chosen() {
        return CHOSEN;
    }

    boolean isFastestOnDirectBuffers() {
        return this == BORINGSSL;
    }

    /** ChaCha20-Poly1305. */
    ThreadCiphers chaChaPoly() {
        return switch (this) {
            case JVM -> JDK;
            case BORINGSSL -> BoringSsl.CIPHERS;
        };
    }

    X25519Agreement x25519(byte[] secret) {
        return switch (this) {
            case JVM -> new BouncyCastleAgreement(secret);
            case BORINGSSL -> new JcaAgreement(secret, BoringSsl.PROVIDER);
        };
    }

    private static CryptoProvider choose(@Nullable String name) {
        if (name != null) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
        try {
            return Conscrypt.isAvailable() ? BORINGSSL : JVM;
        } catch (LinkageError notOnTheClassPath) {
            return JVM;
        }
    }

    /** Loaded only when it is used. */
    private static final class BoringSsl {
        static final Provider PROVIDER = Conscrypt.newProvider();
        static final ThreadCiphers CIPHERS =
                new ThreadCiphers(() -> Cipher.getInstance("ChaCha20/Poly1305/NoPadding", PROVIDER));
    }
}
