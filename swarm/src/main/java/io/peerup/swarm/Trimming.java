package io.peerup.swarm;

import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.trimming.PeerProtections;
import io.peerup.swarm.trimming.PeerTags;
import io.peerup.swarm.trimming.TrimCandidate;
import io.peerup.swarm.trimming.TrimPolicy;
import io.peerup.swarm.trimming.Watermarks;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The story of a swarm with too many connections: trims at once and then from time to time, until there are enough. */
final class Trimming {
    private static final Logger LOG = LoggerFactory.getLogger(Trimming.class);

    private final PeerTags tags = new PeerTags();
    private final PeerProtections protections = new PeerProtections();
    private final ConnectionTable connections;
    private final Watermarks watermarks;
    private final TrimPolicy policy;
    private final Strands strands;
    private final Strands.StrandScope stories;
    private final AtomicBoolean underWay = new AtomicBoolean();

    /** Read and written by one story after the other. */
    private long nextNanos;

    Trimming(ConnectionTable connections, Watermarks watermarks, Strands strands, Strands.StrandScope stories) {
        this.connections = connections;
        this.watermarks = watermarks;
        this.policy = new TrimPolicy(watermarks);
        this.strands = strands;
        this.stories = stories;
        this.nextNanos = strands.nanoTime();
    }

    PeerTags tags() {
        return tags;
    }

    PeerProtections protections() {
        return protections;
    }

    /** A connection was taken in. On any thread; waits for nothing. */
    void connectionOpened() {
        if (tooMany() && underWay.compareAndSet(false, true)) {
            try {
                stories.fork("trimming", this::untilEnough);
            } catch (IllegalStateException closing) {
                underWay.set(false);
            }
        }
    }

    private Void untilEnough() throws InterruptedException {
        try {
            while (tooMany()) {
                strands.sleep(Duration.ofNanos(Math.max(0, nextNanos - strands.nanoTime())));
                trim();
            }
        } finally {
            underWay.set(false);
        }
        connectionOpened();
        return null;
    }

    private boolean tooMany() {
        return connections.size() > watermarks.high();
    }

    private void trim() {
        long now = strands.nanoTime();
        nextNanos = now + watermarks.pause().toNanos();
        List<TrimCandidate<SwarmConnection>> open = connections.all().stream()
                .filter(connection -> !connection.isClosing())
                .map(connection -> candidate(connection, now))
                .toList();
        List<SwarmConnection> chosen = policy.select(open);
        if (!chosen.isEmpty()) {
            LOG.info("{} connections are more than {}: {} are closed", open.size(), watermarks.high(), chosen.size());
            chosen.forEach(this::close);
        }
    }

    private TrimCandidate<SwarmConnection> candidate(SwarmConnection connection, long nowNanos) {
        PeerId peer = connection.remotePeer();
        return new TrimCandidate<>(
                connection,
                peer,
                protections.isProtected(peer, nowNanos),
                tags.value(peer),
                connection.servedStreams(),
                connection.isRelayed(),
                connection.direction(),
                nowNanos - connection.openedNanos());
    }

    private void close(SwarmConnection connection) {
        connection.closeUnless(
                () -> protections.isProtected(connection.remotePeer(), strands.nanoTime()),
                ErrorCode.GARBAGE_COLLECTED);
    }
}
