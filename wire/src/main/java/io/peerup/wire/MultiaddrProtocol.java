package io.peerup.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The protocols an address can name. Spec: multiformats/multiaddr, protocols.csv. */
public enum MultiaddrProtocol {
    /** IPv4 address. */
    IP4(4, "ip4", 4),
    /** TCP port. */
    TCP(6, "tcp", 2),
    /** IPv6 address. */
    IP6(41, "ip6", 16),
    /** Zone of the IPv6 address that follows. */
    IP6ZONE(42, "ip6zone", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Name that resolves to IPv4 and IPv6 addresses. */
    DNS(53, "dns", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Name that resolves to IPv4 addresses. */
    DNS4(54, "dns4", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Name that resolves to IPv6 addresses. */
    DNS6(55, "dns6", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Name whose TXT records hold multiaddrs. */
    DNSADDR(56, "dnsaddr", MultiaddrProtocol.LENGTH_PREFIXED),
    /** UDP port. */
    UDP(273, "udp", 2),
    /** WebRTC without signalling. */
    WEBRTC_DIRECT(280, "webrtc-direct", 0),
    /** WebRTC with signalling. */
    WEBRTC(281, "webrtc", 0),
    /** The peer that follows is reached through the peer before. */
    P2P_CIRCUIT(290, "p2p-circuit", 0),
    /** Path of a unix socket; ends the address. */
    UNIX(400, "unix", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Name of a peer. Understood as {@code ipfs} too. */
    P2P(421, "p2p", MultiaddrProtocol.LENGTH_PREFIXED),
    /** TLS. */
    TLS(448, "tls", 0),
    /** Server name that TLS asks for. */
    SNI(449, "sni", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Noise. */
    NOISE(454, "noise", 0),
    /** QUIC, draft 29. */
    QUIC(460, "quic", 0),
    /** QUIC, RFC 9000. */
    QUIC_V1(461, "quic-v1", 0),
    /** WebTransport. */
    WEBTRANSPORT(465, "webtransport", 0),
    /** Multihash of a certificate. */
    CERTHASH(466, "certhash", MultiaddrProtocol.LENGTH_PREFIXED),
    /** WebSocket. */
    WS(477, "ws", 0),
    /** WebSocket over TLS. */
    WSS(478, "wss", 0),
    /** HTTP. */
    HTTP(480, "http", 0),
    /** Path of an HTTP resource. */
    HTTP_PATH(481, "http-path", MultiaddrProtocol.LENGTH_PREFIXED),
    /** Transport within a process. */
    MEMORY(777, "memory", 8);

    static final int LENGTH_PREFIXED = -1;

    private static final String P2P_ALIAS = "ipfs";
    private static final Map<String, MultiaddrProtocol> BY_NAME = index(MultiaddrProtocol::protocolName);
    private static final Map<Long, MultiaddrProtocol> BY_CODE = index(MultiaddrProtocol::code);

    private final long code;
    private final String protocolName;
    private final int valueBytes;

    MultiaddrProtocol(long code, String protocolName, int valueBytes) {
        this.code = code;
        this.protocolName = protocolName;
        this.valueBytes = valueBytes;
    }

    /** The number in the binary form. */
    public long code() {
        return code;
    }

    /** The name in the text form. */
    public String protocolName() {
        return protocolName;
    }

    /** The length of the value in the binary form, 0 for none, or {@link #LENGTH_PREFIXED}. */
    int valueBytes() {
        return valueBytes;
    }

    static Optional<MultiaddrProtocol> ofName(String name) {
        return Optional.ofNullable(BY_NAME.get(name.equals(P2P_ALIAS) ? P2P.protocolName : name));
    }

    static Optional<MultiaddrProtocol> ofCode(long code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    private static <K> Map<K, MultiaddrProtocol> index(Function<MultiaddrProtocol, K> key) {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }
}
