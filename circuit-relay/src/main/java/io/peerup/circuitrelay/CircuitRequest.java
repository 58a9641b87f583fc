package io.peerup.circuitrelay;

import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.PeerId;
import java.util.Optional;

/** A peer asks for a circuit to another. Exactly one answer is given, from any thread. */
public interface CircuitRequest {
    /** The connection it asks over. */
    Connection from();

    /** Whom it wants to reach. */
    PeerId destination();

    /**
     * Yes, if the destination wants to: asks it, and joins the two.
     *
     * @param to a direct connection to the destination
     * @param limit what the circuit may carry, empty for no limit
     * @param ended called once when there is no circuit any more, or none came about
     */
    void connect(Connection to, Optional<ConnectionLimit> limit, Runnable ended);

    /** No. */
    void refuse(StatusCode why);
}
