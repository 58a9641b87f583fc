package io.peerup.node.daemon;

import io.peerup.circuitrelay.ReservationState;
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
            case ReservationState.Retrying retrying -> retrying.line() + hint(retrying.problem(), self);
        };
    }

    /** A relay that does not know a peer closes the connection without a word. */
    private static String hint(String problem, PeerId self) {
        return problem.contains("closed") || problem.contains("lost") || problem.contains("reset")
                ? "; if the relay keeps a list of peers, run there: relay-server authorize " + self
                : "";
    }
}
