package io.peerup.noise;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and the HKDF of the Noise paper (section 4.3). */
final class Sha256 {
    static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    private Sha256() {}

    static byte[] hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Two outputs of 32 bytes. */
    static byte[][] hkdf(byte[] chainingKey, byte[] input) {
        byte[] key = hmac(chainingKey, input);
        byte[] first = hmac(key, new byte[] {1});
        byte[] second = Arrays.copyOf(first, BYTES + 1);
        second[BYTES] = 2;
        return new byte[][] {first, hmac(key, second)};
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + HMAC, missing);
        }
    }
}
