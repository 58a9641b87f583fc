package io.peerup.swarm.trimming;

import io.peerup.wire.PeerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Peers whose connections are never trimmed, each for named reasons, connected or not. A reason is counted: it holds until
 * it was taken back as often as it was given. Or it holds until a time. Reasons are ours to give; whoever gives one bounds
 * how many peers can have it. May be used from any thread.
 */
public final class PeerProtections {
    /** Peers that may be protected at once, and again as many until a time. */
    public static final int MAX_PEERS = 65_536;

    /** Reasons of each kind for one peer. */
    public static final int MAX_REASONS_PER_PEER = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, Map<String, Integer>> counted = new HashMap<>();
    private final Map<PeerId, Map<String, Long>> timed = new HashMap<>();

    /** Protects once more for this reason. False, and nothing to be taken back, when the peer or the table is full. */
    public boolean protect(PeerId peer, String reason) {
        lock.lock();
        try {
            if (!hasRoom(counted, peer, reason)) {
                return false;
            }
            counted.computeIfAbsent(peer, same -> new HashMap<>()).merge(reason, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back one {@link #protect} for this reason, if there is one. */
    public void unprotect(PeerId peer, String reason) {
        lock.lock();
        try {
            counted.computeIfPresent(peer, (same, own) -> {
                own.computeIfPresent(reason, (name, times) -> times == 1 ? null : times - 1);
                return own.isEmpty() ? null : own;
            });
        } finally {
            lock.unlock();
        }
    }

    /** Protects until something ends, such as a stream. */
    public void protectWhile(PeerId peer, String reason, CompletionStage<?> lasts) {
        if (protect(peer, reason)) {
            lasts.whenComplete((value, failure) -> unprotect(peer, reason));
        }
    }

    /**
     * Protects until a time, instead of the time set before for this reason. False, and nothing is changed, when the peer or
     * the table is full.
     *
     * @param endNanos monotonic, of the swarm's clock
     */
    public boolean protectUntil(PeerId peer, String reason, long endNanos) {
        lock.lock();
        try {
            if (!hasRoom(timed, peer, reason)) {
                return false;
            }
            timed.computeIfAbsent(peer, same -> new HashMap<>()).put(reason, endNanos);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a {@link #protectUntil} before its time. To be called as well when the time has come but the peer is gone. */
    public void endProtection(PeerId peer, String reason) {
        lock.lock();
        try {
            timed.computeIfPresent(peer, (same, own) -> {
                own.remove(reason);
                return own.isEmpty() ? null : own;
            });
        } finally {
            lock.unlock();
        }
    }

    /** Whether the connections of a peer are left alone. */
    public boolean isProtected(PeerId peer, long nowNanos) {
        lock.lock();
        try {
            return counted.containsKey(peer) || holds(timed.getOrDefault(peer, Map.of()), nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /** Why, in the order of the alphabet. */
    public Set<String> reasons(PeerId peer, long nowNanos) {
        lock.lock();
        try {
            Set<String> reasons =
                    new TreeSet<>(counted.getOrDefault(peer, Map.of()).keySet());
            timed.getOrDefault(peer, Map.of()).forEach((reason, end) -> {
                if (end - nowNanos > 0) {
                    reasons.add(reason);
                }
            });
            return reasons;
        } finally {
            lock.unlock();
        }
    }

    private static boolean holds(Map<String, Long> ends, long nowNanos) {
        return ends.values().stream().anyMatch(end -> end - nowNanos > 0);
    }

    private static boolean hasRoom(Map<PeerId, ? extends Map<String, ?>> table, PeerId peer, String reason) {
        Map<String, ?> own = table.get(peer);
        return own == null ? table.size() < MAX_PEERS : own.size() < MAX_REASONS_PER_PEER || own.containsKey(reason);
    }
}
