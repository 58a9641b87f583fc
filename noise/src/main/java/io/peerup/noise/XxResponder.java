package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.util.Arrays;

/** The responder's side of the XX pattern: {@code -> e, <- e ee s es, -> s se}. One type per moment. */
final class XxResponder {
    private XxResponder() {}

    /** What the first message said, and the moment to answer it. */
    record FirstRead(byte[] payload, Answers next) {}

    /** The second message and what is waited for after it. */
    record Answered(byte[] message, AwaitsThird next) {}

    /** What the third message said; the handshake is over. */
    record Concluded(byte[] payload, byte[] remoteStatic, SymmetricState.TransportCiphers ciphers, byte[] transcript) {}

    static AwaitsFirst begin(KeyPair ownStatic, KeyPair ephemeral, byte[] prologue) {
        return new AwaitsFirst(ownStatic, ephemeral, SymmetricState.begin(prologue));
    }

    record AwaitsFirst(KeyPair ownStatic, KeyPair ephemeral, SymmetricState symmetric) {
        FirstRead read(byte[] message) throws ProtocolViolation {
            Messages.requireAtLeast(message, KeyPair.PUBLIC_BYTES);
            byte[] remoteEphemeral = Arrays.copyOfRange(message, 0, KeyPair.PUBLIC_BYTES);
            symmetric.mixHash(remoteEphemeral);
            byte[] payload =
                    symmetric.decryptAndHash(Arrays.copyOfRange(message, KeyPair.PUBLIC_BYTES, message.length));
            return new FirstRead(payload, new Answers(ownStatic, ephemeral, remoteEphemeral, symmetric));
        }
    }

    record Answers(KeyPair ownStatic, KeyPair ephemeral, byte[] remoteEphemeral, SymmetricState symmetric) {
        Answered write(byte[] payload) throws ProtocolViolation {
            symmetric.mixHash(ephemeral.publicKey());
            symmetric.mixKey(ephemeral.agree(remoteEphemeral));
            byte[] sentStatic = symmetric.encryptAndHash(ownStatic.publicKey());
            symmetric.mixKey(ownStatic.agree(remoteEphemeral));
            byte[] message = Messages.concat(ephemeral.publicKey(), sentStatic, symmetric.encryptAndHash(payload));
            return new Answered(message, new AwaitsThird(ephemeral, symmetric));
        }
    }

    record AwaitsThird(KeyPair ephemeral, SymmetricState symmetric) {
        Concluded read(byte[] message) throws ProtocolViolation {
            int payloadAt = KeyPair.PUBLIC_BYTES + CipherState.TAG_BYTES;
            Messages.requireAtLeast(message, payloadAt + CipherState.TAG_BYTES);
            byte[] remoteStatic = symmetric.decryptAndHash(Arrays.copyOfRange(message, 0, payloadAt));
            symmetric.mixKey(ephemeral.agree(remoteStatic));
            byte[] payload = symmetric.decryptAndHash(Arrays.copyOfRange(message, payloadAt, message.length));
            return new Concluded(payload, remoteStatic, symmetric.split(), symmetric.hash());
        }
    }
}
