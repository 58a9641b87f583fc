package io.peerup.host.authorization;

import io.peerup.host.file.FileProblem;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmEvent;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who is in the {@code authorized_keys} file, and throws out who is no longer, within a second of the change.
 * Whom we dial ourselves is our own business; but a peer that is removed loses the connections that we made, too.
 *
 * <p>Asked on event loops; never blocks there. Who is refused is logged without an address, once per peer and hour.
 */
public final class AuthorizationGate implements ConnectionGater, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationGate.class);

    private final AuthorizedKeysWatch watch;
    private final RefusedPeers refused = new RefusedPeers();
    private volatile @Nullable Swarm guarded;
    private Runnable stopHearing = () -> {};
    private @Nullable StrandScope stories;

    private AuthorizationGate(AuthorizedKeysFile file) throws FileProblem {
        this.watch = AuthorizedKeysWatch.start(file, new Follower());
    }

    /**
     * A gate with what is in the file now.
     *
     * @throws FileProblem as {@link AuthorizedKeysFile#load}
     */
    public static AuthorizationGate of(AuthorizedKeysFile file) throws FileProblem {
        return new AuthorizationGate(file);
    }

    /** Begins to follow the file, for the connections of this swarm. Once. */
    public void guard(Swarm swarm) {
        guarded = swarm;
        stopHearing = swarm.subscribe(this::hear);
        stories = swarm.strands().open("authorization");
        stories.fork("follow", () -> {
            watch.follow(swarm.strands());
            return null;
        });
    }

    /** Who may connect now. */
    public AuthorizedKeys current() {
        return watch.current();
    }

    /**
     * Takes what is in the file now, for a program that has just written it.
     *
     * @throws FileProblem as {@link AuthorizedKeysFile#load}; the last good set stays in force
     */
    public void reload() throws FileProblem {
        watch.reload();
    }

    @Override
    public boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
        if (direction == Direction.OUTBOUND || watch.current().contains(peer)) {
            return true;
        }
        if (refused.isNew(peer, System.nanoTime())) {
            LOG.warn("inbound connection denied peer={} (not in authorized_keys)", peer);
        }
        return false;
    }

    /** Follows the file no more; the last set stays in force. */
    @Override
    public void close() {
        stopHearing.run();
        if (stories != null) {
            stories.close();
        }
    }

    /** A peer may have been removed between the gate's word and the connection. */
    private void hear(SwarmEvent event) {
        if (event instanceof SwarmEvent.ConnectionOpened(Connection connection)
                && connection.direction() == Direction.INBOUND
                && !watch.current().contains(connection.remotePeer())) {
            connection.close(ErrorCode.GATED);
        }
    }

    private final class Follower implements AuthorizationListener {
        @Override
        public void changed(AuthorizationChange change) {
            Swarm swarm = guarded;
            for (PeerId peer : change.removed()) {
                LOG.info("peer={} is no longer authorized", peer);
                if (swarm != null) {
                    swarm.connections(peer).forEach(connection -> connection.close(ErrorCode.GATED));
                }
            }
            change.added().forEach(peer -> {
                refused.forget(peer);
                LOG.info("peer={} is authorized", peer);
            });
        }

        @Override
        public void refused(FileProblem problem) {
            LOG.warn("{}", problem.getMessage());
        }
    }
}
