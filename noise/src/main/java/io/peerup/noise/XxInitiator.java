package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.util.Arrays;

/**
 * The initiator's side of the XX pattern: {@code -> e, <- e ee s es, -> s se}. One type per moment; each transition is
 * taken once and leaves the old moment unusable by leaving no reason to keep it.
 */
final class XxInitiator {
    private XxInitiator() {}

    /** The first message and what is waited for after it. */
    record Begun(byte[] message, AwaitsSecond next) {}

    /** What the second message said, and the moment to answer it. */
    record SecondRead(byte[] payload, byte[] remoteStatic, Concludes next) {}

    /** The third message; the handshake is over. */
    record Concluded(byte[] message, SymmetricState.TransportCiphers ciphers, byte[] transcript) {}

    static Begun begin(KeyPair ownStatic, KeyPair ephemeral, byte[] prologue, byte[] payload) {
        SymmetricState symmetric = SymmetricState.begin(prologue);
        symmetric.mixHash(ephemeral.publicKey());
        byte[] message = Messages.concat(ephemeral.publicKey(), symmetric.encryptAndHash(payload));
        return new Begun(message, new AwaitsSecond(ownStatic, ephemeral, symmetric));
    }

    record AwaitsSecond(KeyPair ownStatic, KeyPair ephemeral, SymmetricState symmetric) {
        SecondRead read(byte[] message) throws ProtocolViolation {
            int staticAt = KeyPair.PUBLIC_BYTES;
            int payloadAt = staticAt + KeyPair.PUBLIC_BYTES + CipherState.TAG_BYTES;
            Messages.requireAtLeast(message, payloadAt + CipherState.TAG_BYTES);
            byte[] remoteEphemeral = Arrays.copyOfRange(message, 0, staticAt);
            symmetric.mixHash(remoteEphemeral);
            symmetric.mixKey(ephemeral.agree(remoteEphemeral));
            byte[] remoteStatic = symmetric.decryptAndHash(Arrays.copyOfRange(message, staticAt, payloadAt));
            symmetric.mixKey(ephemeral.agree(remoteStatic));
            byte[] payload = symmetric.decryptAndHash(Arrays.copyOfRange(message, payloadAt, message.length));
            return new SecondRead(payload, remoteStatic, new Concludes(ownStatic, remoteEphemeral, symmetric));
        }
    }

    record Concludes(KeyPair ownStatic, byte[] remoteEphemeral, SymmetricState symmetric) {
        Concluded write(byte[] payload) throws ProtocolViolation {
            byte[] sentStatic = symmetric.encryptAndHash(ownStatic.publicKey());
            symmetric.mixKey(ownStatic.agree(remoteEphemeral));
            byte[] message = Messages.concat(sentStatic, symmetric.encryptAndHash(payload));
            return new Concluded(message, symmetric.split(), symmetric.hash());
        }
    }
}
