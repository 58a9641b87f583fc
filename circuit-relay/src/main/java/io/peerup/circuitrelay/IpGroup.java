package io.peerup.circuitrelay;

import io.peerup.wire.Component;
import io.peerup.wire.Multiaddr;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The addresses that count as one place: a single IPv4 address, or an IPv6 /56, which is what a home is commonly given
 * and what one subscriber can therefore hop through.
 *
 * @param prefix the first bits, in text
 */
record IpGroup(String prefix) {
    private static final int IP6_BYTES = 56 / 8;
    private static final byte[] MAPPED_IP4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** The group of the first IP address in {@code address}; empty when there is none. */
    static Optional<IpGroup> of(Multiaddr address) {
        for (Component component : address.components()) {
            if (component instanceof Component.Ip4) {
                return Optional.of(ip4(component.valueBytes()));
            }
            if (component instanceof Component.Ip6) {
                return Optional.of(ip6(component.valueBytes()));
            }
        }
        return Optional.empty();
    }

    private static IpGroup ip4(byte[] address) {
        return new IpGroup(HexFormat.of().formatHex(address) + "/32");
    }

    private static IpGroup ip6(byte[] address) {
        if (Arrays.equals(Arrays.copyOf(address, MAPPED_IP4.length), MAPPED_IP4)) {
            return ip4(Arrays.copyOfRange(address, MAPPED_IP4.length, address.length));
        }
        return new IpGroup(HexFormat.of().formatHex(address, 0, IP6_BYTES) + "::/56");
    }
}
