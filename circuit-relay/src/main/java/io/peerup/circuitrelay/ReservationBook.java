package io.peerup.circuitrelay;

import io.peerup.circuitrelay.Admission.Admitted;
import io.peerup.circuitrelay.Admission.Refused;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds a reservation and how many circuits everybody has: admission to a relay, decided from what is asked and
 * when. Bounded by the limits it is given. For one thread; times are monotonic nanoseconds.
 */
public final class ReservationBook {
    private final RelayLimits limits;

    /** In the order in which they end, because all last equally long and a refreshed one moves to the end. */
    private final Map<PeerId, Held> held = new LinkedHashMap<>();

    private final Map<IpGroup, Integer> heldByGroup = new HashMap<>();
    private final Map<PeerId, Integer> circuitsByPeer = new HashMap<>();
    private int circuits;

    private record Held(IpGroup group, long endNanos) {}

    /** An empty book. */
    public ReservationBook(RelayLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a reservation, or renews the one this peer holds, which stays as it was when this is refused.
     *
     * @param from where the peer connects from
     */
    public Admission reserve(PeerId peer, Multiaddr from, long nowNanos) {
        expire(nowNanos);
        Optional<IpGroup> group = IpGroup.of(from);
        if (group.isEmpty()) {
            return new Refused(StatusCode.RESERVATION_REFUSED, "no IP address in " + from);
        }
        Held own = held.get(peer);
        if (own == null && held.size() >= limits.maxReservations()) {
            return new Refused(StatusCode.RESERVATION_REFUSED, held.size() + " reservations already");
        }
        int others = heldByGroup.getOrDefault(group.get(), 0) - (own != null && own.group.equals(group.get()) ? 1 : 0);
        if (others >= limits.maxReservationsPerIp()) {
            return new Refused(StatusCode.RESERVATION_REFUSED, others + " reservations from " + from + " already");
        }
        remove(peer);
        held.put(peer, new Held(group.get(), nowNanos + limits.reservationTtl().toNanos()));
        count(heldByGroup, group.get(), 1);
        return new Admitted();
    }

    /** Takes a circuit for both ends; every one that is admitted must be returned by {@link #circuitEnded}. */
    public Admission connect(PeerId source, PeerId destination, long nowNanos) {
        expire(nowNanos);
        if (!held.containsKey(destination)) {
            return new Refused(StatusCode.NO_RESERVATION, destination + " has no reservation");
        }
        if (source.equals(destination)) {
            return new Refused(StatusCode.PERMISSION_DENIED, source + " asks for itself");
        }
        for (PeerId end : List.of(source, destination)) {
            int open = circuitsByPeer.getOrDefault(end, 0);
            if (open >= limits.maxCircuitsPerPeer()) {
                return new Refused(StatusCode.RESOURCE_LIMIT_EXCEEDED, open + " circuits of " + end + " already");
            }
        }
        count(circuitsByPeer, source, 1);
        count(circuitsByPeer, destination, 1);
        circuits++;
        return new Admitted();
    }

    /** An admitted circuit is over. */
    public void circuitEnded(PeerId source, PeerId destination) {
        count(circuitsByPeer, source, -1);
        count(circuitsByPeer, destination, -1);
        circuits--;
    }

    /** No direct connection to this peer is left, and with it goes its reservation. */
    public void disconnected(PeerId peer) {
        remove(peer);
    }

    /** Who holds a reservation. */
    public List<PeerId> reservations(long nowNanos) {
        expire(nowNanos);
        return List.copyOf(held.keySet());
    }

    /** How many circuits there are. */
    public int circuits() {
        return circuits;
    }

    /** How many there are of one peer, at either end. */
    public int circuits(PeerId peer) {
        return circuitsByPeer.getOrDefault(peer, 0);
    }

    private void expire(long nowNanos) {
        var oldest = held.values().iterator();
        while (oldest.hasNext()) {
            Held next = oldest.next();
            if (next.endNanos - nowNanos > 0) {
                return;
            }
            oldest.remove();
            count(heldByGroup, next.group, -1);
        }
    }

    private void remove(PeerId peer) {
        Held removed = held.remove(peer);
        if (removed != null) {
            count(heldByGroup, removed.group, -1);
        }
    }

    private static <K> void count(Map<K, Integer> counts, K key, int change) {
        counts.compute(key, (same, before) -> {
            int after = (before == null ? 0 : before) + change;
            return after == 0 ? null : after;
        });
    }
}
