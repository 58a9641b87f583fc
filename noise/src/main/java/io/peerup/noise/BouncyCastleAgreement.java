package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** X25519 by Bouncy Castle's lightweight API. */
record BouncyCastleAgreement(byte[] secret) implements X25519Agreement {
    @Override
    public byte[] with(byte[] remotePublic) throws ProtocolViolation {
        byte[] shared = new byte[X25519.POINT_SIZE];
        if (!X25519.calculateAgreement(secret, 0, remotePublic, 0, shared, 0)) {
            throw X25519Agreement.lowOrder();
        }
        return shared;
    }
}
