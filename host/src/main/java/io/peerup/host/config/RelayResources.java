package io.peerup.host.config;

import io.peerup.circuitrelay.RelayLimits;
import io.peerup.swarm.ConnectionLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * How much a relay gives, in the words of its file.
 *
 * @param maxReservations peers that may wait at the relay; default 128
 * @param maxCircuits circuits of one peer, dialed or not; default 16
 * @param bufferSizeBytes per circuit and direction; default 2048
 * @param maxReservationsPerIp from one address; default 8
 * @param maxReservationsPerAsn default 32; read for the original's sake, a limit per autonomous system is not enforced
 * @param reservationTtl how long a reservation lasts, at least a second; default 1 h
 * @param sessionDuration how long a circuit lasts, in seconds or zero for no limit; default 10 min
 * @param sessionDataLimitBytes what a circuit carries in each direction, zero for no limit; default 64 MiB
 */
public record RelayResources(
        int maxReservations,
        int maxCircuits,
        int bufferSizeBytes,
        int maxReservationsPerIp,
        int maxReservationsPerAsn,
        Duration reservationTtl,
        Duration sessionDuration,
        long sessionDataLimitBytes) {
    /** Rejects nonsense. */
    public RelayResources {
        if (maxReservations < 1
                || maxCircuits < 1
                || bufferSizeBytes < 1
                || maxReservationsPerIp < 1
                || maxReservationsPerAsn < 1) {
            throw new IllegalArgumentException("counts must be at least 1");
        }
        if (reservationTtl.toSeconds() < 1) {
            throw new IllegalArgumentException("reservationTtl must be at least 1s");
        }
        if ((!sessionDuration.isZero() && sessionDuration.toSeconds() < 1) || sessionDataLimitBytes < 0) {
            throw new IllegalArgumentException("a session's limits must be positive, or zero for none");
        }
    }

    /** The defaults named above. */
    public static RelayResources defaults() {
        return new RelayResources(128, 16, 2048, 8, 32, Duration.ofHours(1), Duration.ofMinutes(10), 64L << 20);
    }

    /**
     * The same for the relay protocol. Its buffer bounds what is on the way, where the original's is the size of one
     * read; so the buffer grows with the configured one, but is never smaller than the default.
     */
    public RelayLimits limits() {
        RelayLimits defaults = RelayLimits.defaults();
        return defaults.withReservations(maxReservations, maxReservationsPerIp, reservationTtl)
                .withCircuits(maxCircuits, circuit())
                .withCircuitBuffer(Math.max(defaults.circuitBufferBytes(), bufferSizeBytes));
    }

    private Optional<ConnectionLimit> circuit() {
        Optional<Duration> duration = Optional.of(sessionDuration).filter(limit -> !limit.isZero());
        Optional<Long> data = Optional.of(sessionDataLimitBytes).filter(limit -> limit > 0);
        return duration.isEmpty() && data.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConnectionLimit(duration, data));
    }
}
