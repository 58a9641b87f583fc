package io.peerup.identify;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import java.util.List;

/**
 * Who may be told an address, or be believed about one: an address is of use only where it can be reached from. Decided
 * by the far end of a connection, as go-libp2p does; for a circuit that is the relay.
 */
public enum Audience {
    /** On this machine, or nobody knows where: every address. */
    MACHINE,
    /** In a private network: all but loopback. */
    NETWORK,
    /** Across the internet: public addresses only. */
    INTERNET;

    /** The audience at the other end of a connection. */
    public static Audience at(Multiaddr farEnd) {
        return switch (farEnd.scope()) {
            case LOOPBACK, UNSPECIFIED, OTHER -> MACHINE;
            case PRIVATE, LINK_LOCAL -> NETWORK;
            case PUBLIC -> INTERNET;
        };
    }

    /** Those addresses that make sense to this audience, in their order. */
    public List<Multiaddr> select(List<Multiaddr> addresses) {
        return addresses.stream().filter(this::includes).toList();
    }

    private boolean includes(Multiaddr address) {
        return switch (this) {
            case MACHINE -> true;
            case NETWORK -> address.scope() != AddressScope.LOOPBACK;
            case INTERNET -> address.scope() == AddressScope.PUBLIC;
        };
    }
}
