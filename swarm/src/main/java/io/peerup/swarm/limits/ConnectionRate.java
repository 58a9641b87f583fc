package io.peerup.swarm.limits;

import java.time.Duration;

/**
 * How often somebody may connect anew.
 *
 * @param burst how many at once after a while of quiet; from 1 to a million, or {@link ScopeLimits#UNLIMITED}
 * @param every after that one each so often; positive, at most an hour
 */
public record ConnectionRate(long burst, Duration every) {
    private static final long MAX_BURST = 1_000_000;
    private static final Duration MAX_EVERY = Duration.ofHours(1);

    /** Rejects nonsense. */
    public ConnectionRate {
        if (burst < 1 || (burst > MAX_BURST && burst != ScopeLimits.UNLIMITED)) {
            throw new IllegalArgumentException("from 1 to " + MAX_BURST + " connections may come in at once");
        }
        if (!every.isPositive() || every.compareTo(MAX_EVERY) > 0) {
            throw new IllegalArgumentException("a connection must be able to come in at least once an hour");
        }
    }

    /** As often as one likes. */
    public static ConnectionRate unlimited() {
        return new ConnectionRate(ScopeLimits.UNLIMITED, Duration.ofNanos(1));
    }

    boolean isUnlimited() {
        return burst == ScopeLimits.UNLIMITED;
    }
}
