package io.peerup.swarm.trimming;

import java.time.Duration;
import java.util.Optional;

/**
 * When connections are trimmed, and how far.
 *
 * @param low how many stay of those that may be closed, at least 1; default 160, as go-libp2p
 * @param high trimming begins when there are more than this, all counted; default 192, as go-libp2p
 * @param grace how long a new connection is left alone; default 1 min, as go-libp2p
 * @param pause from one trim to the next at least; default 10 s, as go-libp2p
 */
public record Watermarks(int low, int high, Duration grace, Duration pause) {
    /** Rejects nonsense with one line. */
    public Watermarks {
        if (low < 1) {
            throw new IllegalArgumentException("the low water must be at least 1 connection, not " + low);
        }
        if (high < low) {
            throw new IllegalArgumentException(
                    "the high water of " + high + " connections is below the low water of " + low);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace period of a connection must not be negative");
        }
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("the pause between two trims must be positive");
        }
    }

    /** The defaults named above. */
    public static Watermarks defaults() {
        return new Watermarks(160, 192, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }

    /** Trims never. */
    public static Watermarks none() {
        return defaults().withWater(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * The defaults, or less for a node that lets so few connections in that it would refuse them before it trims: three
     * quarters of those.
     */
    public static Watermarks below(long connections) {
        Watermarks usual = defaults();
        long most = Math.max(2, connections / 4 * 3);
        return most >= usual.high ? usual : usual.withWater((int) (most * usual.low / usual.high), (int) most);
    }

    /** The same with other waters. */
    public Watermarks withWater(int newLow, int newHigh) {
        return new Watermarks(newLow, newHigh, grace, pause);
    }

    /** The same with another grace period. */
    public Watermarks withGrace(Duration newGrace) {
        return new Watermarks(low, high, newGrace, pause);
    }

    /** One line when so few connections may come in that nothing would ever be trimmed; {@link #none} means it so. */
    public Optional<String> beyond(long connections) {
        return high < connections || high == Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of("watermarks: trimming begins above " + high + " connections where only " + connections
                        + " may come in; lower the high water");
    }
}
