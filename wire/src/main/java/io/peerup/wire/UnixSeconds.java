package io.peerup.wire;

import java.time.Instant;

/**
 * A point of calendar time in whole seconds since 1970, as relays put it on the wire.
 *
 * @param value seconds, 0 to {@link #MAX}
 */
public record UnixSeconds(long value) implements Comparable<UnixSeconds> {
    /** The last second that an {@link Instant} can hold. */
    public static final long MAX = Instant.MAX.getEpochSecond();

    /** Rejects what no {@link Instant} after 1970 can be. */
    public UnixSeconds {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("not a time: " + value);
        }
    }

    /** The second in which {@code instant} falls. */
    public static UnixSeconds of(Instant instant) {
        return new UnixSeconds(instant.getEpochSecond());
    }

    /** What a peer sent as an unsigned 64-bit number; a time beyond {@link #MAX} is taken as {@link #MAX}. */
    public static UnixSeconds ofUnsigned(long bits) {
        return new UnixSeconds(bits < 0 ? MAX : Math.min(bits, MAX));
    }

    /** The first instant of this second. */
    public Instant toInstant() {
        return Instant.ofEpochSecond(value);
    }

    @Override
    public int compareTo(UnixSeconds other) {
        return Long.compare(value, other.value);
    }
}
