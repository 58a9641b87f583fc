package io.peerup.node.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What one ping came to.
 *
 * @param seq from 1
 * @param rttMs milliseconds; 0 without an answer
 * @param path {@link Route#NONE} when there was no stream
 * @param error one line, empty for an answer
 */
public record PingResult(int seq, String peerId, double rttMs, Route path, String error) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Rejects a result with holes, as a foreign daemon might send it. */
    public PingResult {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(error, "error");
    }

    /** The peer answered; the time is told to the microsecond. */
    public static PingResult answered(int seq, String peerId, Duration roundTrip, Route path) {
        double millis = TimeUnit.NANOSECONDS.toMicros(roundTrip.toNanos()) / MICROS_PER_MILLI;
        return new PingResult(seq, peerId, millis, path, "");
    }

    /** It did not. */
    public static PingResult failed(int seq, String peerId, Route path, String why) {
        return new PingResult(seq, peerId, 0, path, why);
    }

    /** Whether the peer answered. */
    public boolean isAnswered() {
        return error.isEmpty();
    }
}
