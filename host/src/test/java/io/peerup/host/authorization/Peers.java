package io.peerup.host.authorization;

import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.util.Arrays;

/** Peers for tests, each the same on every run. */
final class Peers {
    static final PeerId ADA = numbered(1);
    static final PeerId BOB = numbered(2);
    static final PeerId EVE = numbered(3);

    private Peers() {}

    static PeerId numbered(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return Identity.ofEd25519Seed(seed).peerId();
    }
}
