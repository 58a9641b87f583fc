package io.peerup.wire;

import java.util.Arrays;
import java.util.List;

/** The ranges of IP addresses that are not simply public. Sources: the IANA special-purpose registries. */
final class IpRanges {
    private static final List<Range> RANGES_4 = List.of(
            range4("127.0.0.0", 8, AddressScope.LOOPBACK),
            range4("10.0.0.0", 8, AddressScope.PRIVATE),
            range4("100.64.0.0", 10, AddressScope.PRIVATE),
            range4("172.16.0.0", 12, AddressScope.PRIVATE),
            range4("192.168.0.0", 16, AddressScope.PRIVATE),
            range4("169.254.0.0", 16, AddressScope.LINK_LOCAL),
            range4("0.0.0.0", 32, AddressScope.UNSPECIFIED),
            range4("0.0.0.0", 8, AddressScope.OTHER),
            range4("192.0.0.0", 26, AddressScope.OTHER),
            range4("192.0.2.0", 24, AddressScope.OTHER),
            range4("192.88.99.0", 24, AddressScope.OTHER),
            range4("198.18.0.0", 15, AddressScope.OTHER),
            range4("198.51.100.0", 24, AddressScope.OTHER),
            range4("203.0.113.0", 24, AddressScope.OTHER),
            range4("224.0.0.0", 3, AddressScope.OTHER));

    /** Everything of version 6 that is in none of these is not routed. */
    private static final List<Range> RANGES_6 = List.of(
            range6("::", 128, AddressScope.UNSPECIFIED),
            range6("::1", 128, AddressScope.LOOPBACK),
            range6("::ffff:127.0.0.0", 104, AddressScope.LOOPBACK),
            range6("fc00::", 7, AddressScope.PRIVATE),
            range6("fe80::", 10, AddressScope.LINK_LOCAL),
            range6("2001:db8::", 32, AddressScope.OTHER),
            range6("2000::", 3, AddressScope.PUBLIC),
            range6("64:ff9b::", 96, AddressScope.PUBLIC),
            range6("64:ff9b:1::", 48, AddressScope.PUBLIC));

    private IpRanges() {}

    static AddressScope scope4(byte[] address) {
        return scope(address, RANGES_4, AddressScope.PUBLIC);
    }

    static AddressScope scope6(byte[] address) {
        return scope(address, RANGES_6, AddressScope.OTHER);
    }

    /** The first range decides. */
    private static AddressScope scope(byte[] address, List<Range> ranges, AddressScope otherwise) {
        for (Range range : ranges) {
            if (range.contains(address)) {
                return range.scope;
            }
        }
        return otherwise;
    }

    private static Range range4(String network, int prefixBits, AddressScope scope) {
        try {
            return new Range(IpText.parse4(network).getAddress(), prefixBits, scope);
        } catch (ProtocolViolation e) {
            throw new IllegalStateException(e);
        }
    }

    private static Range range6(String network, int prefixBits, AddressScope scope) {
        try {
            return new Range(IpText.parse6(network).getAddress(), prefixBits, scope);
        } catch (ProtocolViolation e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Range {
        private final byte[] network;
        private final int prefixBits;
        private final AddressScope scope;

        Range(byte[] network, int prefixBits, AddressScope scope) {
            this.network = network;
            this.prefixBits = prefixBits;
            this.scope = scope;
        }

        boolean contains(byte[] address) {
            int whole = prefixBits / 8;
            int rest = prefixBits % 8;
            return Arrays.equals(address, 0, whole, network, 0, whole)
                    && (rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0);
        }
    }
}
