package io.peerup.node.proxy;

import io.peerup.node.proxy.Session.Side;
import io.peerup.node.proxy.netty.LocalSocketBroken;
import io.peerup.node.proxy.netty.Traffic;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.StreamRefused;

/** The lines that people read about sessions. */
final class SessionLines {
    private SessionLines() {}

    static String opened(Session session) {
        String limited = session.limit().isPresent() ? ", limited by the relay" : "";
        return "service " + session.service() + ": "
                + switch (session.side()) {
                    case CLIENT -> "connected to ";
                    case SERVICE -> "a client at ";
                }
                + session.peer().shortId() + " [" + session.path() + limited + "]";
    }

    static String ended(Session session, Traffic traffic, CloseReason reason) {
        return "service " + session.service() + ": " + why(session, traffic, reason) + " (" + traffic.toPeerBytes()
                + " bytes to the peer, " + traffic.fromPeerBytes() + " from it)";
    }

    private static String why(Session session, Traffic traffic, CloseReason reason) {
        String peer = session.peer().shortId();
        return switch (reason) {
            case CloseReason.Finished() -> "the session with " + peer + " ended";
            case CloseReason.Local(long code) -> "the session with " + peer + " was closed by this node";
            case CloseReason.Remote(long code) -> byPeer(session, traffic, code);
            case CloseReason.Violated violated -> peer + " broke the protocol: " + violated.detail();
            case CloseReason.TimedOut(String timer) -> "the connection to " + peer + " was lost (" + timer + ")";
            case CloseReason.RelayLimitReached(String limit) -> byRelay(limit);
            case CloseReason.Failed(LocalSocketBroken broken) ->
                localEnd(session) + " broke off: " + OneLine.of(broken);
            case CloseReason.Failed(StreamRefused refused) -> peer + " refused: " + OneLine.of(refused);
            case CloseReason.Failed(Throwable cause) -> "the stream to " + peer + " failed: " + OneLine.of(cause);
        };
    }

    private static String byPeer(Session session, Traffic traffic, long code) {
        String peer = session.peer().shortId();
        if (code == ErrorCode.GATED.streamCode()) {
            return peer
                    + " does not let this node use the service; its owner can let it in with: peerup auth add, or where the"
                    + " service has allowed_peers, there";
        }
        if (code == ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode()) {
            return peer + " refused: too many sessions at once";
        }
        if (code == ErrorCode.SHUTDOWN.streamCode()) {
            return peer + " is shutting down";
        }
        return session.side() == Side.CLIENT && traffic.fromPeerBytes() == 0
                ? peer + " broke off before it sent anything; is the service running there?"
                : peer + " broke off";
    }

    /** Data limits are told per direction, limits of time are not. */
    private static String byRelay(String limit) {
        String setting = limit.endsWith("per direction") ? "session_data_limit" : "session_duration";
        return "the relay ended the session: its limit of " + limit + " was reached; ask the relay's owner to raise "
                + setting;
    }

    private static String localEnd(Session session) {
        return switch (session.side()) {
            case CLIENT -> "the local client";
            case SERVICE -> "the local service";
        };
    }
}
