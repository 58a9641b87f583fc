package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;

/** The rules of the Noise channel that a peer can break. Each ends the connection. */
public enum NoiseRule implements ProtocolViolation.Rule {
    /** A handshake message that cannot be one of its place by its length. */
    HANDSHAKE_LENGTH,
    /** A transport message too short to hold its tag. */
    TRANSPORT_LENGTH,
    /** A public key whose shared secret is all zero. */
    LOW_ORDER_KEY,
    /** A ciphertext that was not made with the agreed key at this place. */
    AUTHENTICATION,
    /** A payload that is no handshake payload, or lacks key or signature. */
    PAYLOAD,
    /** An identity key that is none. */
    IDENTITY_KEY,
    /** A signature over the static key that the identity key did not make. */
    IDENTITY_SIGNATURE,
    /** Somebody else than the peer that was dialed. */
    UNEXPECTED_PEER
}
