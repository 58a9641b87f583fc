package io.peerup.host.config;

import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;

/** The peers of the sample files: private keys of counting bytes. */
final class Peers {
    static final PeerId HOME = from(0);
    static final PeerId RELAY = from(32);

    private Peers() {}

    private static PeerId from(int first) {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (first + i);
        }
        return Identity.ofEd25519Seed(seed).peerId();
    }
}
