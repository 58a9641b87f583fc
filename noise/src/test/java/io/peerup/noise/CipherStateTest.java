package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CipherStateTest {
    private static final byte[] KEY = new byte[ChaChaPoly.KEY_BYTES];

    @Test
    void aForgedMessageDoesNotMoveTheCounter() throws ProtocolViolation {
        CipherState send = new CipherState(KEY);
        CipherState receive = new CipherState(KEY);
        byte[] message = sealed(send, "hello");

        byte[] forged = message.clone();
        forged[0] ^= 1;
        assertThatThrownBy(() -> receive.openInPlace(forged, 0, forged.length))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.AUTHENTICATION));
        assertThat(receive.openInPlace(message, 0, message.length)).isEqualTo(5);
    }

    @Test
    void aMessageTooShortForItsTagBreaksTheRule() {
        assertThatThrownBy(() -> new CipherState(KEY).openInPlace(new byte[15], 0, 15))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.TRANSPORT_LENGTH));
    }

    @Test
    void theLastCounterIsNeverUsed() {
        CipherState exhausted = new CipherState(KEY, -2);
        sealed(exhausted, "the last message");
        assertThatIllegalStateException().isThrownBy(() -> sealed(exhausted, "one too many"));
        assertThatIllegalStateException().isThrownBy(() -> new CipherState(KEY, -1).openInPlace(new byte[16], 0, 16));
    }

    private static byte[] sealed(CipherState cipher, String text) {
        byte[] data = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 16);
        cipher.sealInPlace(data, 0, text.length());
        return data;
    }
}
