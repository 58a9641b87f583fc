package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where peers may be found, and until when that is worth trying. Bounded in peers and in addresses per peer; safe to
 * use from any thread, never blocks for long.
 *
 * <p>Time is an argument: monotonic nanoseconds of the swarm's clock.
 */
public final class AddressBook {
    /** Addresses from a configuration file: never forgotten. */
    public static final Duration CONFIGURED = Duration.ofDays(36_500);

    /** Addresses of a peer we were connected to a moment ago. */
    public static final Duration RECENTLY_CONNECTED = Duration.ofMinutes(15);

    /** Addresses somebody mentioned. */
    public static final Duration HEARSAY = Duration.ofMinutes(2);

    /** Peers remembered; beyond it the one whose last address ends soonest is forgotten. */
    static final int MAX_PEERS = 4096;

    /** Addresses remembered per peer, as go-libp2p since 0.49; beyond it the one that ends soonest is forgotten. */
    static final int MAX_ADDRESSES_PER_PEER = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, Map<Multiaddr, Long>> expiryByAddress = new LinkedHashMap<>();

    /**
     * Remembers addresses of a peer for a while; an address that is known for longer keeps its longer time.
     *
     * @param addresses with or without a trailing {@code /p2p}, which must then name {@code peer}; others are left out
     */
    public void add(PeerId peer, Collection<Multiaddr> addresses, Duration lifetime, long nowNanos) {
        long expiry = nowNanos + lifetime.toNanos();
        lock.lock();
        try {
            Map<Multiaddr, Long> known = expiryByAddress.computeIfAbsent(peer, unknown -> new LinkedHashMap<>());
            for (Multiaddr address : addresses) {
                if (address.peerId().map(peer::equals).orElse(true)) {
                    known.merge(address.withoutPeerId(), expiry, AddressBook::later);
                }
            }
            while (known.size() > MAX_ADDRESSES_PER_PEER) {
                known.remove(soonest(known, Comparator.comparingLong(entry -> entry.getValue() - nowNanos)));
            }
            if (known.isEmpty()) {
                expiryByAddress.remove(peer);
            }
            while (expiryByAddress.size() > MAX_PEERS) {
                expiryByAddress.remove(soonest(
                        expiryByAddress, Comparator.comparingLong(entry -> lastExpiry(entry.getValue(), nowNanos))));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers what a peer says of itself instead of what it said before. Addresses from elsewhere stay, and so does
     * what is to be remembered for longer than {@code lifetime}.
     */
    public void replace(
            PeerId peer, Collection<Multiaddr> before, Collection<Multiaddr> now, Duration lifetime, long nowNanos) {
        lock.lock();
        try {
            Map<Multiaddr, Long> known = expiryByAddress.getOrDefault(peer, Map.of());
            for (Multiaddr address : before) {
                Long expiry = known.get(address.withoutPeerId());
                if (expiry != null && expiry - nowNanos <= lifetime.toNanos()) {
                    known.remove(address.withoutPeerId());
                }
            }
            add(peer, now, lifetime, nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /** What is known and not yet expired, without {@code /p2p}, oldest knowledge first. */
    public List<Multiaddr> addresses(PeerId peer, long nowNanos) {
        lock.lock();
        try {
            Map<Multiaddr, Long> known = expiryByAddress.get(peer);
            if (known == null) {
                return List.of();
            }
            known.values().removeIf(expiry -> expiry - nowNanos <= 0);
            if (known.isEmpty()) {
                expiryByAddress.remove(peer);
            }
            return new ArrayList<>(known.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a peer. */
    public void forget(PeerId peer) {
        lock.lock();
        try {
            expiryByAddress.remove(peer);
        } finally {
            lock.unlock();
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private static long lastExpiry(Map<Multiaddr, Long> known, long nowNanos) {
        return known.values().stream()
                .mapToLong(expiry -> expiry - nowNanos)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static <K, V> K soonest(Map<K, V> map, Comparator<Map.Entry<K, V>> order) {
        return map.entrySet().stream().min(order).orElseThrow().getKey();
    }
}
