package io.peerup.swarm.trimming;

import io.peerup.wire.PeerId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What peers are worth to us: named values, whose sum decides who stays when connections are trimmed. Kept while a peer is
 * connected. May be used from any thread.
 */
public final class PeerTags {
    /** Peers that may have tags at once. */
    public static final int MAX_PEERS = 4096;

    /** Tags of one peer. */
    public static final int MAX_TAGS_PER_PEER = 16;

    /** What one tag may weigh, either way; more counts as this much. */
    public static final int MAX_VALUE = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, Map<String, Integer>> tags = new HashMap<>();

    /**
     * Sets a tag of a peer, in place of the one of this name. False, and nothing is changed, when the peer or the table is
     * full.
     *
     * @param value may be negative
     */
    public boolean tag(PeerId peer, String name, int value) {
        lock.lock();
        try {
            Map<String, Integer> own = tags.get(peer);
            if (own == null) {
                if (tags.size() >= MAX_PEERS) {
                    return false;
                }
                own = new HashMap<>();
                tags.put(peer, own);
            }
            if (own.size() >= MAX_TAGS_PER_PEER && !own.containsKey(name)) {
                return false;
            }
            own.put(name, Math.clamp(value, -MAX_VALUE, MAX_VALUE));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a tag back, if it is there. */
    public void untag(PeerId peer, String name) {
        lock.lock();
        try {
            tags.computeIfPresent(peer, (same, own) -> {
                own.remove(name);
                return own.isEmpty() ? null : own;
            });
        } finally {
            lock.unlock();
        }
    }

    /** The sum of a peer's tags, 0 without any. */
    public int value(PeerId peer) {
        lock.lock();
        try {
            return tags.getOrDefault(peer, Map.of()).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all tags of a peer back; the swarm does when the last connection to it is over. */
    public void forget(PeerId peer) {
        lock.lock();
        try {
            tags.remove(peer);
        } finally {
            lock.unlock();
        }
    }
}
