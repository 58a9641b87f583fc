package io.peerup.circuitrelay;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A relay that somebody chose for us.
 *
 * @param addresses where it is, without its peer ID; at least one
 */
public record StaticRelay(PeerId peer, List<Multiaddr> addresses) {
    /** Rejects a relay that is nowhere. */
    public StaticRelay {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address for the relay " + peer);
        }
    }

    /**
     * The relays at these addresses, each named once with all its addresses.
     *
     * @throws IllegalArgumentException naming an address that does not end in a peer ID, or is itself relayed
     */
    public static List<StaticRelay> of(Collection<Multiaddr> addresses) {
        Map<PeerId, List<Multiaddr>> byPeer = new LinkedHashMap<>();
        for (Multiaddr address : addresses) {
            PeerId peer = address.peerId()
                    .filter(named ->
                            !address.isRelayed() && address.components().size() > 1)
                    .orElseThrow(
                            () -> new IllegalArgumentException("not a relay's address with its peer ID: " + address));
            byPeer.computeIfAbsent(peer, first -> new ArrayList<>()).add(address.withoutPeerId());
        }
        return byPeer.entrySet().stream()
                .map(entry -> new StaticRelay(entry.getKey(), entry.getValue()))
                .toList();
    }
}
