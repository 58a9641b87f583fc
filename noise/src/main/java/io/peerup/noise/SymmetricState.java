package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Chaining key, transcript hash and, once there is a key, a cipher. Noise revision 34, section 5.2. */
final class SymmetricState {
    /** Exactly as long as a hash, so it is its own initial transcript. */
    private static final byte[] PROTOCOL_NAME = "Noise_XX_25519_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);

    private byte[] chainingKey = PROTOCOL_NAME;
    private byte[] hash = PROTOCOL_NAME;
    private @Nullable CipherState cipher;

    /** A transcript that begins with the prologue. */
    static SymmetricState begin(byte[] prologue) {
        SymmetricState state = new SymmetricState();
        state.mixHash(prologue);
        return state;
    }

    void mixKey(byte[] input) {
        byte[][] outputs = Sha256.hkdf(chainingKey, input);
        chainingKey = outputs[0];
        cipher = new CipherState(CryptoProvider.JVM, outputs[1]);
    }

    void mixHash(byte[] data) {
        hash = Sha256.hash(hash, data);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] sent = plaintext;
        if (cipher != null) {
            sent = new byte[plaintext.length + CipherState.TAG_BYTES];
            cipher.seal(hash, plaintext, 0, plaintext.length, sent, 0);
        }
        mixHash(sent);
        return sent;
    }

    byte[] decryptAndHash(byte[] received) throws ProtocolViolation {
        byte[] plaintext = received;
        if (cipher != null) {
            if (received.length < CipherState.TAG_BYTES) {
                throw new ProtocolViolation(NoiseRule.HANDSHAKE_LENGTH, "no room for a tag");
            }
            plaintext = new byte[received.length - CipherState.TAG_BYTES];
            cipher.open(hash, received, 0, received.length, plaintext, 0);
        }
        mixHash(received);
        return plaintext;
    }

    byte[] hash() {
        return hash.clone();
    }

    /** The ciphers of the initiator's and of the responder's messages. */
    TransportCiphers split() {
        byte[][] keys = Sha256.hkdf(chainingKey, new byte[0]);
        CryptoProvider provider = CryptoProvider.chosen();
        return new TransportCiphers(new CipherState(provider, keys[0]), new CipherState(provider, keys[1]));
    }

    /** One cipher per direction. */
    record TransportCiphers(CipherState initiator, CipherState responder) {}
}
