package io.peerup.circuitrelay;

/** Decides about the requests that peers make to a relay. Called on the event loop of the peer that asks. */
public interface HopRequests {
    /** A peer wants to be reachable through us. */
    void reserve(ReservationRequest request);

    /** A peer wants to reach another. */
    void connect(CircuitRequest request);
}
