package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.wire.ProtocolViolation;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChaChaPolyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST = 3 * ChaChaPoly.SMALL_BYTES;

    @Property(tries = 300)
    void shortAndLongMessagesAreSealedAsTheJdkSealsThem(
            @ForAll CryptoProvider provider,
            @ForAll long counter,
            @ForAll @Size(max = 64) byte[] associated,
            @ForAll @IntRange(max = LONGEST) int length)
            throws GeneralSecurityException {
        byte[] key = freshKey();
        byte[] message = new byte[length + ChaChaPoly.TAG_BYTES];
        Arrays.fill(message, 0, length, (byte) 7);
        byte[] expected = byTheJdk(key, counter, associated, Arrays.copyOf(message, length));
        assertThat(new ChaChaPoly(provider, key).seal(counter, associated, message, 0, length, message, 0))
                .isEqualTo(message.length);
        assertThat(message).isEqualTo(expected);
    }

    @Property(tries = 300)
    void whatWasSealedOpensInPlaceAndOneFlippedBitDoesNot(
            @ForAll CryptoProvider provider,
            @ForAll long counter,
            @ForAll @Size(max = 64) byte[] associated,
            @ForAll @IntRange(max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int spoilt)
            throws ProtocolViolation {
        byte[] key = freshKey();
        byte[] message = new byte[length + ChaChaPoly.TAG_BYTES];
        new ChaChaPoly(provider, key).seal(counter, associated, message, 0, length, message, 0);
        byte[] forged = message.clone();
        forged[spoilt % forged.length] ^= 1;
        ChaChaPoly opening = new ChaChaPoly(provider, key);
        assertThatThrownBy(() -> opening.open(counter, associated, forged, 0, forged.length, forged, 0))
                .isInstanceOf(ProtocolViolation.class);
        assertThat(opening.open(counter, associated, message, 0, message.length, message, 0))
                .isEqualTo(length);
        assertThat(Arrays.copyOf(message, length)).isEqualTo(new byte[length]);
    }

    /** Both implementations refuse to seal twice with one key and counter, which a repeated try would do. */
    private static byte[] freshKey() {
        byte[] key = new byte[ChaChaPoly.KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    private static byte[] byTheJdk(byte[] key, long counter, byte[] associated, byte[] plaintext)
            throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[4 + i] = (byte) (counter >>> (8 * i));
        }
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(plaintext);
    }
}
