package io.peerup.noise;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A libp2p handshake at one moment: it takes the message it waits for and says what comes next. Fails closed: there is
 * no way to {@link Step.Done} but through a verified identity.
 */
public sealed interface NoiseHandshake {
    /** The longest handshake message that is looked at; the largest honest one, with RSA keys of 8192 bits, is half. */
    int MAX_MESSAGE_BYTES = 8192;

    /** Takes the next message of the peer. */
    Step receive(byte[] message) throws ProtocolViolation;

    /** What a message leads to. */
    sealed interface Step {
        /** Send this and wait for more. */
        record Reply(byte[] message, NoiseHandshake next) implements Step {}

        /** The peer is who it says; send the last message if there is one, then talk. */
        record Done(Optional<byte[]> message, Established established) implements Step {}
    }

    /**
     * The end of a handshake.
     *
     * @param muxer agreed on early, if both sides offered a common one
     * @param send seals what we say
     * @param receive opens what the peer says
     */
    record Established(
            PeerId remotePeer,
            PublicKey remoteKey,
            Optional<ProtocolId> muxer,
            CipherState send,
            CipherState receive) {}

    /** Begins as initiator, who knows whom it dialed. */
    static Step.Reply initiate(NoiseKey key, PeerId expected, List<ProtocolId> muxers) {
        XxInitiator.Begun begun = XxInitiator.begin(key.pair(), KeyPair.generate(), new byte[0], new byte[0]);
        return new Step.Reply(begun.message(), new AwaitsResponder(key, expected, muxers, begun.next()));
    }

    /** Begins as responder, who usually does not know who comes. */
    static NoiseHandshake respond(NoiseKey key, Optional<PeerId> expected, List<ProtocolId> muxers) {
        return new AwaitsInitiator(
                key, expected, muxers, XxResponder.begin(key.pair(), KeyPair.generate(), new byte[0]));
    }

    /** The initiator has sent its ephemeral key. */
    record AwaitsResponder(NoiseKey key, PeerId expected, List<ProtocolId> muxers, XxInitiator.AwaitsSecond noise)
            implements NoiseHandshake {
        @Override
        public Step receive(byte[] message) throws ProtocolViolation {
            XxInitiator.SecondRead second = noise.read(message);
            RemoteIdentity remote =
                    RemoteIdentity.verify(second.payload(), second.remoteStatic(), Optional.of(expected));
            XxInitiator.Concluded end = second.next().write(key.payload(muxers));
            return new Step.Done(
                    Optional.of(end.message()),
                    new Established(
                            remote.peer(),
                            remote.key(),
                            firstCommon(muxers, remote.muxers()),
                            end.ciphers().initiator(),
                            end.ciphers().responder()));
        }
    }

    /** Nothing has been said yet. */
    record AwaitsInitiator(
            NoiseKey key, Optional<PeerId> expected, List<ProtocolId> muxers, XxResponder.AwaitsFirst noise)
            implements NoiseHandshake {
        @Override
        public Step receive(byte[] message) throws ProtocolViolation {
            XxResponder.Answered answered = noise.read(message).next().write(key.payload(muxers));
            return new Step.Reply(answered.message(), new AwaitsProof(expected, muxers, answered.next()));
        }
    }

    /** The responder has answered and waits to learn who is there. */
    record AwaitsProof(Optional<PeerId> expected, List<ProtocolId> muxers, XxResponder.AwaitsThird noise)
            implements NoiseHandshake {
        @Override
        public Step receive(byte[] message) throws ProtocolViolation {
            XxResponder.Concluded end = noise.read(message);
            RemoteIdentity remote = RemoteIdentity.verify(end.payload(), end.remoteStatic(), expected);
            return new Step.Done(
                    Optional.empty(),
                    new Established(
                            remote.peer(),
                            remote.key(),
                            firstCommon(remote.muxers(), muxers),
                            end.ciphers().responder(),
                            end.ciphers().initiator()));
        }
    }

    /** The initiator's order decides. */
    private static Optional<ProtocolId> firstCommon(List<ProtocolId> initiators, List<ProtocolId> responders) {
        return initiators.stream().filter(responders::contains).findFirst();
    }
}
