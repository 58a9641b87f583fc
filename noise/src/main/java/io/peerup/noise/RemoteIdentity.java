package io.peerup.noise;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import java.util.List;
import java.util.Optional;

/** Who is at the other end, after the payload, the key, the expectation and the signature have all been checked. */
record RemoteIdentity(PeerId peer, PublicKey key, List<ProtocolId> muxers) {
    static RemoteIdentity verify(byte[] payload, byte[] staticKey, Optional<PeerId> expected) throws ProtocolViolation {
        HandshakePayload said = HandshakePayload.decode(payload);
        PublicKey key = key(said.identityKey());
        PeerId peer = PeerId.of(key);
        if (expected.isPresent() && !expected.get().equals(peer)) {
            throw new ProtocolViolation(
                    NoiseRule.UNEXPECTED_PEER, "dialed " + expected.get() + " but " + peer + " answered");
        }
        if (!key.verify(NoiseKey.signed(staticKey), said.identitySignature())) {
            throw new ProtocolViolation(NoiseRule.IDENTITY_SIGNATURE, peer + " did not sign this static key");
        }
        return new RemoteIdentity(peer, key, said.muxers());
    }

    private static PublicKey key(byte[] protobuf) throws ProtocolViolation {
        try {
            return PublicKey.fromProtobuf(protobuf);
        } catch (ProtocolViolation malformed) {
            throw new ProtocolViolation(NoiseRule.IDENTITY_KEY, String.valueOf(malformed.getMessage()));
        }
    }
}
