package io.peerup.testkit.hostile;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** X25519 out of the JDK, with keys as they are on the wire. */
final class Curve25519 {
    private static final int KEY_BYTES = 32;
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b656e032100");

    private Curve25519() {}

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static byte[] publicKey(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    static byte[] agree(KeyPair mine, byte[] theirs) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(mine.getPrivate());
            agreement.doPhase(
                    KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(Bytes.join(SPKI, theirs))),
                    true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
