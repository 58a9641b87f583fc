package io.peerup.wire;

/** The text form of component values. */
final class ComponentText {
    private static final int MAX_PORT_DIGITS = 5;

    private ComponentText() {}

    static Component parse(MultiaddrProtocol protocol, String value) throws ProtocolViolation {
        try {
            return decode(protocol, value);
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation(WireRule.MULTIADDR_VALUE_INVALID, protocol + ": " + e.getMessage());
        }
    }

    private static Component decode(MultiaddrProtocol protocol, String value) throws ProtocolViolation {
        return switch (protocol) {
            case IP4 -> new Component.Ip4(IpText.parse4(value));
            case IP6 -> new Component.Ip6(IpText.parse6(value));
            case IP6ZONE -> new Component.Ip6Zone(value);
            case TCP -> new Component.Tcp(port(value));
            case UDP -> new Component.Udp(port(value));
            case DNS, DNS4, DNS6, DNSADDR -> new Component.Dns(protocol, value);
            case SNI -> new Component.Sni(value);
            case P2P -> new Component.P2p(PeerId.parse(value));
            case CERTHASH -> new Component.CertHash(Multihash.fromBytes(Multibase.decodePrefixed(value)));
            case UNIX -> new Component.Unix(value);
            case HTTP_PATH -> new Component.HttpPath(QueryEscape.unescape(value));
            case MEMORY -> new Component.Memory(number(value));
            case P2P_CIRCUIT, TLS, NOISE, QUIC, QUIC_V1, WEBTRANSPORT, WEBRTC, WEBRTC_DIRECT, WS, WSS, HTTP ->
                Component.Flag.of(protocol);
        };
    }

    private static int port(String digits) {
        if (digits.length() > MAX_PORT_DIGITS) {
            throw new IllegalArgumentException("no port: " + digits);
        }
        return (int) number(digits);
    }

    private static long number(String digits) {
        if (!ComponentRules.isDecimal(digits)) {
            throw new IllegalArgumentException("no number: " + digits);
        }
        return Long.parseUnsignedLong(digits);
    }
}
