package io.peerup.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * From where an address can be reached, judged as go-multiaddr 0.16 does by its first component, or the second after a
 * zone.
 *
 * <p>What go calls private is {@link #LOOPBACK}, {@link #LINK_LOCAL} or {@link #PRIVATE}; what go calls public is
 * {@link #PUBLIC}.
 */
public enum AddressScope {
    /** From this machine. */
    LOOPBACK,
    /** From this link. */
    LINK_LOCAL,
    /** From this network, carrier-grade NAT included. */
    PRIVATE,
    /** From everywhere, as far as one can tell; so are domain names that are not reserved. */
    PUBLIC,
    /** From nowhere: a listener's "any address". */
    UNSPECIFIED,
    /** Multicast, documentation, reserved or special names; or the address starts with no IP address or name. */
    OTHER;

    private static final List<String> SPECIAL_DOMAINS =
            List.of("in-addr.arpa", "ip6.arpa", "invalid", "home.arpa", "local", "test");

    /** The scope of an IP address. */
    public static AddressScope of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? IpRanges.scope6(bytes) : IpRanges.scope4(bytes);
    }

    static AddressScope of(Multiaddr address) {
        List<Component> components = address.components();
        boolean zoned = components.size() > 1 && components.getFirst() instanceof Component.Ip6Zone;
        return components.isEmpty() ? OTHER : of(components.get(zoned ? 1 : 0));
    }

    private static AddressScope of(Component component) {
        if (component instanceof Component.Ip4 ip4) {
            return of(ip4.address());
        }
        if (component instanceof Component.Ip6 ip6) {
            return of(ip6.address());
        }
        return component instanceof Component.Dns dns ? ofDomain(dns.value().toLowerCase(Locale.ROOT)) : OTHER;
    }

    private static AddressScope ofDomain(String name) {
        if (isWithin(name, "localhost")) {
            return LOOPBACK;
        }
        return SPECIAL_DOMAINS.stream().anyMatch(domain -> isWithin(name, domain)) ? OTHER : PUBLIC;
    }

    private static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
