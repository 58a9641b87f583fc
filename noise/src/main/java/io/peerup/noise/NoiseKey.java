package io.peerup.noise;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Our static Noise key and the identity's signature over it. Made once per process, because signing is the dearest part
 * of a handshake and the key need not change: it is never stored, and the ephemeral keys give forward secrecy.
 */
public final class NoiseKey {
    /** What an identity signs before its static key. */
    static final byte[] SIGNATURE_PREFIX = "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);

    private final KeyPair pair;
    private final byte[] identityKey;
    private final byte[] signature;

    private NoiseKey(KeyPair pair, Identity identity) {
        this.pair = pair;
        this.identityKey = identity.publicKey().toProtobuf();
        this.signature = identity.sign(signed(pair.publicKey()));
    }

    /** A fresh static key that {@code identity} vouches for. */
    public static NoiseKey generate(Identity identity) {
        return new NoiseKey(KeyPair.generate(), identity);
    }

    KeyPair pair() {
        return pair;
    }

    byte[] payload(List<ProtocolId> muxers) {
        return new HandshakePayload(identityKey, signature, muxers).encode();
    }

    /** What the identity behind a static key has signed. */
    static byte[] signed(byte[] staticKey) {
        return Messages.concat(SIGNATURE_PREFIX, staticKey);
    }
}
