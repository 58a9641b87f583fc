package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;

/** X25519 with one secret key. */
interface X25519Agreement {
    /**
     * The shared secret.
     *
     * @param remotePublic 32 bytes
     * @throws ProtocolViolation {@link NoiseRule#LOW_ORDER_KEY} when it is all zeros
     */
    byte[] with(byte[] remotePublic) throws ProtocolViolation;

    /** The refusal of a point of low order. */
    static ProtocolViolation lowOrder() {
        return new ProtocolViolation(NoiseRule.LOW_ORDER_KEY, "a shared secret of zeros");
    }
}
