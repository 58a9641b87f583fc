package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import java.util.Optional;

/** What a relay and the destination of a circuit say to each other. */
public sealed interface StopMessage {
    /**
     * The relay announces a circuit.
     *
     * @param peer who dialed
     * @param limit what the circuit may carry; empty when the relay limits nothing
     */
    record Connect(Peer peer, Optional<ConnectionLimit> limit) implements StopMessage {}

    /** The destination's answer. */
    record Status(StatusCode status) implements StopMessage {}
}
