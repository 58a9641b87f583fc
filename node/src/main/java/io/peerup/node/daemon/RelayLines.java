package io.peerup.node.daemon;

import io.peerup.circuitrelay.ReservationState;
import io.peerup.node.reach.Remedy;
import io.peerup.wire.PeerId;

/** Where a node stands with a relay, and what its owner can do about it. */
final class RelayLines {
    private RelayLines() {}

    /** One line. */
    static String line(ReservationState state, PeerId self) {
        return switch (state) {
            case ReservationState.Connecting connecting -> connecting.line();
            case ReservationState.Reserved reserved -> reserved.line();
            case ReservationState.Refused refused -> refused.line();
            case ReservationState.Retrying retrying -> retrying.line() + Remedy.atRelay(retrying.problem(), self);
        };
    }
}
