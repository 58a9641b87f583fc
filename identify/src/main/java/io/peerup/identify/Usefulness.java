package io.peerup.identify;

import io.peerup.wire.Multiaddr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which addresses to tell when there are too many to tell all. */
final class Usefulness {
    /** go-libp2p remembers as many of a peer it is not connected to. */
    static final int MAX_ADDRESSES = 64;

    /** Leaves room for key and protocols in a message that every implementation reads. */
    static final int MAX_ADDRESS_BYTES = 3072;

    private static final Comparator<Multiaddr> MOST_USEFUL_FIRST =
            Comparator.comparingInt(address -> switch (address.scope()) {
                case PUBLIC -> 0;
                case PRIVATE, LINK_LOCAL, UNSPECIFIED, OTHER -> 1;
                case LOOPBACK -> 2;
            });

    private Usefulness() {}

    /** The most widely reachable addresses first, as many as fit; equals stay in their order. */
    static List<Multiaddr> best(List<Multiaddr> addresses) {
        List<Multiaddr> best = new ArrayList<>();
        int bytes = 0;
        for (Multiaddr address : addresses.stream().sorted(MOST_USEFUL_FIRST).toList()) {
            bytes += address.bytes().length;
            if (best.size() == MAX_ADDRESSES || bytes > MAX_ADDRESS_BYTES) {
                break;
            }
            best.add(address);
        }
        return best;
    }
}
