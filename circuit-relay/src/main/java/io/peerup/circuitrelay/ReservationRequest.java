package io.peerup.circuitrelay;

import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import java.util.Optional;

/** A peer asks to be reachable through us. Exactly one answer is given, from any thread. */
public interface ReservationRequest {
    /** The connection it asks over. */
    Connection from();

    /** Yes; {@code limit} is what each circuit will carry, empty for no limit. */
    void grant(HopMessage.Slot reservation, Optional<ConnectionLimit> limit);

    /** No. */
    void refuse(StatusCode why);
}
