package io.peerup.swarm;

import java.time.Duration;
import java.util.Optional;

/**
 * What a relay allows one circuit to carry. A connection that has such a limit is a <em>limited</em> connection:
 * streams open on it only for protocols that say they can live with it.
 *
 * @param duration after which the relay ends the circuit, empty when it does not say
 * @param dataBytes how much it carries per direction, empty when it does not say
 */
public record ConnectionLimit(Optional<Duration> duration, Optional<Long> dataBytes) {
    /** A limit must limit something. */
    public ConnectionLimit {
        if (duration.isEmpty() && dataBytes.isEmpty()) {
            throw new IllegalArgumentException("neither duration nor data is limited");
        }
    }
}
