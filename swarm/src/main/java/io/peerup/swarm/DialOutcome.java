package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.stream.Collectors;

/** What became of an attempt to connect to a peer. */
public sealed interface DialOutcome {
    /** There is a connection; {@code fresh} when this attempt made it. */
    record Connected(Connection connection, boolean fresh) implements DialOutcome {}

    /** Nothing worked; says for every address why. */
    record Failed(PeerId peer, List<AddressFailure> failures) implements DialOutcome {
        /** One line for a person. */
        public String line() {
            if (failures.isEmpty()) {
                return "no addresses known for " + peer;
            }
            return "cannot reach " + peer + ": "
                    + failures.stream().map(AddressFailure::toString).collect(Collectors.joining("; "));
        }
    }

    /** The peer is this node. */
    record Itself(PeerId peer) implements DialOutcome {}

    /** The gate forbids it. */
    record Gated(PeerId peer) implements DialOutcome {}

    /** Why one address did not work. */
    record AddressFailure(Multiaddr address, String why) {
        @Override
        public String toString() {
            return address + " (" + why + ")";
        }
    }
}
