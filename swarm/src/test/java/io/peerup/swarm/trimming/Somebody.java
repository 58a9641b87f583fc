package io.peerup.swarm.trimming;

import io.peerup.swarm.Direction;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** A connection of a test: an old direct one of an unknown peer that does nothing, unless more is said about it. */
final class Somebody {
    private final String name;
    private boolean guarded;
    private int value;
    private int streams;
    private boolean relayed;
    private Direction direction = Direction.INBOUND;
    private Duration age = Duration.ofHours(1);

    private Somebody(String name) {
        this.name = name;
    }

    static Somebody idle(String name) {
        return new Somebody(name);
    }

    /** Always the same for one number. */
    static PeerId peer(int number) {
        byte[] sha256 = ByteBuffer.allocate(34)
                .put((byte) 0x12)
                .put((byte) 32)
                .putInt(number)
                .array();
        try {
            return PeerId.fromBytes(sha256);
        } catch (ProtocolViolation impossible) {
            throw new AssertionError(impossible);
        }
    }

    static List<TrimCandidate<String>> candidates(List<Somebody> all) {
        return all.stream().map(Somebody::candidate).toList();
    }

    Somebody guarded() {
        guarded = true;
        return this;
    }

    Somebody worth(int sum) {
        value = sum;
        return this;
    }

    Somebody streaming(int open) {
        streams = open;
        return this;
    }

    Somebody relayed() {
        relayed = true;
        return this;
    }

    Somebody dialedByUs() {
        direction = Direction.OUTBOUND;
        return this;
    }

    Somebody aged(Duration since) {
        age = since;
        return this;
    }

    private TrimCandidate<String> candidate() {
        return new TrimCandidate<>(
                name, peer(name.hashCode()), guarded, value, streams, relayed, direction, age.toNanos());
    }
}
