package io.peerup.circuitrelay;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a relay's addresses a reservation names: the public ones, or all if there are none, so that a relay in a
 * home, a laboratory or on one machine works like any other. In front of them the one that the reserving peer itself
 * came by, because that one is known to work.
 */
public final class RelayAddresses {
    static final int MAX_ADDRESSES = 16;
    static final int MAX_BYTES = 2048;

    private RelayAddresses() {}

    /**
     * The addresses, each ending in the relay's peer ID.
     *
     * @param advertised the relay's own addresses
     * @param reachedAt the relay's end of the connection to the reserving peer
     */
    public static List<Multiaddr> of(PeerId relay, List<Multiaddr> advertised, Multiaddr reachedAt) {
        boolean anyPublic = advertised.stream().anyMatch(address -> isDirect(address, AddressScope.PUBLIC));
        Set<Multiaddr> chosen = new LinkedHashSet<>();
        if (isDirect(reachedAt)) {
            chosen.add(reachedAt.withPeerId(relay));
        }
        advertised.stream()
                .filter(address -> anyPublic ? isDirect(address, AddressScope.PUBLIC) : isDirect(address))
                .map(address -> address.withPeerId(relay))
                .forEach(chosen::add);
        return withinBounds(chosen);
    }

    private static List<Multiaddr> withinBounds(Set<Multiaddr> chosen) {
        int[] bytes = {0};
        return chosen.stream()
                .limit(MAX_ADDRESSES)
                .takeWhile(address -> (bytes[0] += address.bytes().length) <= MAX_BYTES)
                .toList();
    }

    private static boolean isDirect(Multiaddr address, AddressScope scope) {
        return isDirect(address) && address.scope() == scope;
    }

    private static boolean isDirect(Multiaddr address) {
        return !address.isRelayed() && address.scope() != AddressScope.UNSPECIFIED;
    }
}
