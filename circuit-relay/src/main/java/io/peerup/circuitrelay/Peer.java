package io.peerup.circuitrelay;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;

/**
 * The other end of a circuit, as a request names it.
 *
 * @param id who
 * @param addrs where, for relays that dial; this one does not and reads them only to count them
 */
public record Peer(PeerId id, List<Multiaddr> addrs) {
    /** Copies the list. */
    public Peer {
        addrs = List.copyOf(addrs);
    }

    /** A peer without addresses. */
    public static Peer of(PeerId id) {
        return new Peer(id, List.of());
    }
}
