package io.peerup.identify;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import java.util.List;

/**
 * Which addresses make sense between two ends, as go-libp2p selects them: on one machine all, in a private network
 * everything but loopback, across the internet public ones only.
 */
final class AddressSelection {
    private AddressSelection() {}

    /** Of {@code addresses} those that are worth saying to, or believing from, somebody at {@code other}. */
    static List<Multiaddr> speakable(List<Multiaddr> addresses, Multiaddr other) {
        return addresses.stream()
                .filter(address -> switch (other.scope()) {
                    case LOOPBACK, UNSPECIFIED, OTHER -> true;
                    case PRIVATE, LINK_LOCAL -> address.scope() != AddressScope.LOOPBACK;
                    case PUBLIC -> address.scope() == AddressScope.PUBLIC;
                })
                .toList();
    }
}
