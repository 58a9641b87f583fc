package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.wire.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CipherStateTest {
    private final byte[] key = new byte[ChaChaPoly.KEY_BYTES];

    /** The ciphers refuse to seal twice with one key and counter. */
    @BeforeEach
    void freshKey() {
        new SecureRandom().nextBytes(key);
    }

    @EnumSource
    @ParameterizedTest
    void aForgedMessageDoesNotMoveTheCounter(CryptoProvider provider) throws ProtocolViolation {
        CipherState send = new CipherState(provider, key);
        CipherState receive = new CipherState(provider, key);
        byte[] message = sealed(send, "hello");

        byte[] forged = message.clone();
        forged[0] ^= 1;
        assertThatThrownBy(() -> receive.openInPlace(forged, 0, forged.length))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.AUTHENTICATION));
        assertThatThrownBy(() -> receive.open(direct(forged), ByteBuffer.allocateDirect(5)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.AUTHENTICATION));
        assertThat(receive.openInPlace(message, 0, message.length)).isEqualTo(5);
    }

    @EnumSource
    @ParameterizedTest
    void aMessageTooShortForItsTagBreaksTheRule(CryptoProvider provider) {
        CipherState cipher = new CipherState(provider, key);
        assertThatThrownBy(() -> cipher.openInPlace(new byte[15], 0, 15))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.TRANSPORT_LENGTH));
        assertThatThrownBy(() -> cipher.open(direct(new byte[15]), ByteBuffer.allocateDirect(0)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.TRANSPORT_LENGTH));
    }

    @EnumSource
    @ParameterizedTest
    void theLastCounterIsNeverUsed(CryptoProvider provider) {
        CipherState exhausted = new CipherState(provider, key, -2);
        sealed(exhausted, "the last message");
        assertThatIllegalStateException().isThrownBy(() -> sealed(exhausted, "one too many"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new CipherState(provider, key, -1).openInPlace(new byte[16], 0, 16));
        assertThatIllegalStateException()
                .isThrownBy(() -> new CipherState(provider, key, -1).open(direct(new byte[16]), direct(new byte[0])));
    }

    @Test
    void whatOneProviderSealsTheOtherOpensInArraysAndInBuffers() throws ProtocolViolation {
        CipherState[] send = {new CipherState(CryptoProvider.JVM, key), new CipherState(CryptoProvider.BORINGSSL, key)};
        CipherState[] receive = {
            new CipherState(CryptoProvider.BORINGSSL, key), new CipherState(CryptoProvider.JVM, key)
        };
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 15, 16, 17, 63, 64, 65, 1023, 16_384, 65_519}) {
            for (int i = 0; i < 2; i++) {
                byte[] plain = new byte[length];
                random.nextBytes(plain);

                byte[] array = Arrays.copyOf(plain, length + CipherState.TAG_BYTES);
                send[i].sealInPlace(array, 0, length);
                ByteBuffer opened = ByteBuffer.allocateDirect(length);
                receive[i].open(direct(array), opened);
                assertThat(opened.flip()).isEqualTo(ByteBuffer.wrap(plain));

                ByteBuffer buffer = direct(Arrays.copyOf(plain, length + CipherState.TAG_BYTES));
                send[i].seal(buffer.slice(0, length), buffer.duplicate());
                byte[] sealed = new byte[length + CipherState.TAG_BYTES];
                buffer.get(sealed);
                assertThat(receive[i].openInPlace(sealed, 0, sealed.length)).isEqualTo(length);
                assertThat(Arrays.copyOf(sealed, length)).isEqualTo(plain);
            }
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] sealed(CipherState cipher, String text) {
        byte[] data = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 16);
        cipher.sealInPlace(data, 0, text.length());
        return data;
    }
}
