package io.peerup.node.daemon;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.Route;
import io.peerup.node.reach.PeerNames;
import io.peerup.node.reach.PeerReach;
import io.peerup.relay.program.CommandFailed;
import io.peerup.swarm.Connection;
import io.peerup.swarm.OneLine;
import io.peerup.wire.PeerId;

/** What calls ask for, found or refused in the API's words. */
final class Asked {
    private Asked() {}

    static PeerId peer(PeerNames names, String text) throws ApiProblem {
        try {
            return names.resolve(text);
        } catch (CommandFailed unknown) {
            throw new ApiProblem(Kind.INVALID, "cannot resolve peer: " + OneLine.of(unknown), unknown);
        }
    }

    static Connection connection(PeerReach reach, PeerId peer) throws ApiProblem, InterruptedException {
        try {
            return reach.connect(peer);
        } catch (CommandFailed unreachable) {
            throw new ApiProblem(Kind.UNREACHABLE, OneLine.of(unreachable), unreachable);
        }
    }

    static Route path(Connection connection) {
        return connection.isRelayed() ? Route.RELAYED : Route.DIRECT;
    }
}
