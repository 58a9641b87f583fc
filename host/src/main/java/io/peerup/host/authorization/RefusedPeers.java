package io.peerup.host.authorization;

import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Who was refused lately, so that a stranger who tries again and again does not fill the log. Any thread. */
final class RefusedPeers {
    /** Peers remembered; while that many are, no further one is told of. */
    static final int MAX_PEERS = 64;

    /** After which a peer is news again. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, Long> refusedNanos = new LinkedHashMap<>();

    /** Whether to tell of this refusal. */
    boolean isNew(PeerId peer, long nowNanos) {
        lock.lock();
        try {
            refusedNanos.values().removeIf(then -> nowNanos - then >= REMEMBERED.toNanos());
            return refusedNanos.size() < MAX_PEERS && refusedNanos.putIfAbsent(peer, nowNanos) == null;
        } finally {
            lock.unlock();
        }
    }

    void forget(PeerId peer) {
        lock.lock();
        try {
            refusedNanos.remove(peer);
        } finally {
            lock.unlock();
        }
    }
}
