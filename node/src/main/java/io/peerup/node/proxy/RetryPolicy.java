package io.peerup.node.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to go on asking for a stream.
 *
 * @param attemptPatience until one attempt is given up
 * @param retries after the first attempt, 0 or more
 * @param firstPause before the first retry; each further pause is twice the one before
 * @param longestPause no pause is longer
 */
public record RetryPolicy(Duration attemptPatience, int retries, Duration firstPause, Duration longestPause) {
    private static final int MAX_DOUBLINGS = 30;

    /** Rejects nonsense. */
    public RetryPolicy {
        if (attemptPatience.isNegative() || attemptPatience.isZero()) {
            throw new IllegalArgumentException("attemptPatience must be positive");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative");
        }
        if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("pauses must not be negative, nor longestPause the shorter one");
        }
    }

    /** 30 s for an attempt, 3 retries after 1, 2 and 4 s, no pause above 60 s. */
    public static RetryPolicy defaults() {
        return new RetryPolicy(Duration.ofSeconds(30), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    /** How long to wait after so many failed attempts, at least 1; empty when that was the last one. */
    public Optional<Duration> pauseAfter(int failures) {
        if (failures > retries) {
            return Optional.empty();
        }
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return Optional.of(pause.compareTo(longestPause) < 0 ? pause : longestPause);
    }
}
