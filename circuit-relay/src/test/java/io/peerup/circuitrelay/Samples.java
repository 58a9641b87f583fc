package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Values that many tests need. */
public final class Samples {
    private Samples() {}

    /** Always the same one for a number from 0 to 255. */
    public static Identity identity(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return Identity.ofEd25519Seed(seed);
    }

    /** The peer ID of {@link #identity}. */
    public static PeerId peer(int number) {
        return identity(number).peerId();
    }

    /** The address that a test wrote down correctly. */
    public static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (ProtocolViolation typo) {
            throw new AssertionError(typo);
        }
    }

    /** So many seconds and so many bytes. */
    public static ConnectionLimit limit(long seconds, long bytes) {
        return new ConnectionLimit(Optional.of(Duration.ofSeconds(seconds)), Optional.of(bytes));
    }
}
