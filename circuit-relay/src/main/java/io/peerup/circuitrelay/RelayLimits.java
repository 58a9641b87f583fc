package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * What a relay gives. A peer holds one reservation; asking again replaces it. There is no limit per autonomous system:
 * that would take a table of the internet's address ranges.
 *
 * @param maxReservations reservations in all; default 128
 * @param maxReservationsPerIp reservations from one IPv4 address or one IPv6 /56; default 8
 * @param maxCircuitsPerPeer circuits that a peer may be an end of, whether it dialed or was dialed; default 16
 * @param reservationTtl how long a reservation lasts, at least a second; default 1 h
 * @param circuit what one circuit may carry, empty for no limit; default 2 min and 128 KiB per direction
 * @param circuitBufferBytes read from one end of a circuit and not yet taken by the other, per direction, plus at
 *     most one frame; default 128 KiB
 * @param requestTimeout until a request must have been read; default 1 min
 * @param connectTimeout until a destination must have agreed on the stop protocol; default 30 s
 * @param stopTimeout until a destination must have answered; default 1 min
 */
public record RelayLimits(
        int maxReservations,
        int maxReservationsPerIp,
        int maxCircuitsPerPeer,
        Duration reservationTtl,
        Optional<ConnectionLimit> circuit,
        int circuitBufferBytes,
        Duration requestTimeout,
        Duration connectTimeout,
        Duration stopTimeout) {
    /** Rejects nonsense. */
    public RelayLimits {
        requireAtLeast(1, maxReservations, "maxReservations");
        requireAtLeast(1, maxReservationsPerIp, "maxReservationsPerIp");
        requireAtLeast(1, maxCircuitsPerPeer, "maxCircuitsPerPeer");
        requireAtLeast(1, circuitBufferBytes, "circuitBufferBytes");
        requireAtLeast(1, reservationTtl.toSeconds(), "reservationTtl in seconds");
        requireAtLeast(1, requestTimeout.toMillis(), "requestTimeout in milliseconds");
        requireAtLeast(1, connectTimeout.toMillis(), "connectTimeout in milliseconds");
        requireAtLeast(1, stopTimeout.toMillis(), "stopTimeout in milliseconds");
        circuit.flatMap(ConnectionLimit::duration)
                .ifPresent(duration -> requireAtLeast(1, duration.toSeconds(), "a circuit's duration in seconds"));
        circuit.flatMap(ConnectionLimit::dataBytes)
                .ifPresent(bytes -> requireAtLeast(1, bytes, "a circuit's data in bytes"));
    }

    /** The defaults named above, which are go-libp2p's except for the buffer. */
    public static RelayLimits defaults() {
        return new RelayLimits(
                128,
                8,
                16,
                Duration.ofHours(1),
                Optional.of(new ConnectionLimit(Optional.of(Duration.ofMinutes(2)), Optional.of(128L << 10))),
                128 << 10,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1));
    }

    /** The same with other bounds on reservations. */
    public RelayLimits withReservations(int max, int maxPerIp, Duration ttl) {
        return new RelayLimits(
                max,
                maxPerIp,
                maxCircuitsPerPeer,
                ttl,
                circuit,
                circuitBufferBytes,
                requestTimeout,
                connectTimeout,
                stopTimeout);
    }

    /** The same with other bounds on circuits. */
    public RelayLimits withCircuits(int maxPerPeer, Optional<ConnectionLimit> each) {
        return new RelayLimits(
                maxReservations,
                maxReservationsPerIp,
                maxPerPeer,
                reservationTtl,
                each,
                circuitBufferBytes,
                requestTimeout,
                connectTimeout,
                stopTimeout);
    }

    /** The same with another buffer per circuit and direction. */
    public RelayLimits withCircuitBuffer(int bytes) {
        return new RelayLimits(
                maxReservations,
                maxReservationsPerIp,
                maxCircuitsPerPeer,
                reservationTtl,
                circuit,
                bytes,
                requestTimeout,
                connectTimeout,
                stopTimeout);
    }

    private static void requireAtLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }
}
