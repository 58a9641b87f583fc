package io.peerup.node.reach;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.Swarm;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * What the owner can do when a relay or a peer does not answer as it should: the end of a line that says what went
 * wrong, or nothing. Peers and relays close on whom they do not know without a word, so often this is a guess.
 */
public final class Remedy {
    private static final Duration FAREWELL = Duration.ofMillis(500);
    private static final Pattern BROKEN_RULE = Pattern.compile("\\([A-Z]+(_[A-Z]+)+: ");
    private static final Pattern HUNG_UP =
            Pattern.compile("closed|lost|reset|finished before", Pattern.CASE_INSENSITIVE);

    private Remedy() {}

    /** For a connection to a relay that came to nothing, by what is known of why. */
    public static String atRelay(String problem, PeerId self) {
        if (problem.contains("UNEXPECTED_PEER")) {
            return "; correct the peer ID at the end of its line in relay.addresses";
        }
        if (problem.contains("no transport for it")) {
            return "; write it with an IP address in relay.addresses, such as /ip4/203.0.113.50/tcp/7777/p2p/...";
        }
        if (BROKEN_RULE.matcher(problem).find()) {
            return "; what listens there is no relay, check relay.addresses";
        }
        return HUNG_UP.matcher(problem).find()
                ? "; if the relay keeps a list of peers, run there: relay-server authorize " + self
                : "";
    }

    /** For a peer that hung up. */
    public static String atPeer(PeerId self) {
        return "; if it has not authorized this node, run there: peerup auth add " + self;
    }

    /** The same if the peer has ended this connection, else nothing. Waits for the end for a moment. */
    public static String ifHungUp(Connection connection, Swarm swarm) throws InterruptedException {
        try {
            CloseReason why = swarm.strands().await(connection.closed(), FAREWELL);
            return isHungUp(why) ? atPeer(swarm.self()) : "";
        } catch (TimeoutException open) {
            return "";
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end of a connection never fails", impossible);
        }
    }

    private static boolean isHungUp(CloseReason why) {
        return switch (why) {
            case CloseReason.Remote(long code) -> code == 0 || code == ErrorCode.GATED.connectionCode();
            case CloseReason.Failed reset -> true;
            case CloseReason.Finished finished -> false;
            case CloseReason.Local ours -> false;
            case CloseReason.Violated violated -> false;
            case CloseReason.TimedOut late -> false;
            case CloseReason.RelayLimitReached limited -> false;
        };
    }
}
