package io.peerup.node.daemon;

import io.peerup.identify.netty.Ping;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.PingListener;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.PingTally;
import io.peerup.node.api.Route;
import io.peerup.node.reach.PeerNames;
import io.peerup.node.reach.PeerReach;
import io.peerup.relay.program.CommandFailed;
import io.peerup.swarm.Connection;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.strands.Strands;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** The story of a ping: connect, then one round after the other, each over the best path there is then. */
final class Pings {
    private final Strands strands;
    private final PeerNames names;
    private final PeerReach reach;

    Pings(Strands strands, PeerNames names, PeerReach reach) {
        this.strands = strands;
        this.names = names;
        this.reach = reach;
    }

    PingStats run(PingRequest request, PingListener listener) throws ApiProblem, InterruptedException {
        PeerId peer = Asked.peer(names, request.peer());
        Asked.connection(reach, peer);
        PingTally tally = new PingTally();
        for (int seq = 1; request.count() == 0 || seq <= request.count(); seq++) {
            if (seq > 1) {
                strands.sleep(Duration.ofMillis(request.intervalMs()));
            }
            PingResult result = once(seq, peer);
            tally.add(result);
            listener.result(result);
        }
        return tally.stats();
    }

    private PingResult once(int seq, PeerId peer) throws InterruptedException {
        String id = peer.toString();
        try {
            Connection connection = reach.connect(peer);
            Route path = Asked.path(connection);
            return switch (strands.await(Ping.once(connection, Ping.PATIENCE, strands::nanoTime))) {
                case Ping.Outcome.Answered(Duration roundTrip) -> PingResult.answered(seq, id, roundTrip, path);
                case Ping.Outcome.TimedOut(Duration patience) ->
                    PingResult.failed(seq, id, path, "no answer within " + patience.toSeconds() + " s");
                case Ping.Outcome.Failed(String why) ->
                    PingResult.failed(seq, id, path, why + reach.remedyIfHungUp(connection));
            };
        } catch (CommandFailed unreachable) {
            return PingResult.failed(seq, id, Route.NONE, OneLine.of(unreachable));
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a ping never fails by itself", bug);
        }
    }
}
