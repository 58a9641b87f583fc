package io.peerup.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One part of a {@link Multiaddr}: a protocol and its value, if it has one.
 *
 * <p>The constructors accept what has both a binary and a text form and throw {@code IllegalArgumentException} for
 * anything else; there is no other way to a component.
 */
public sealed interface Component {

    /** What the value means. */
    MultiaddrProtocol protocol();

    /** The value in the text form; empty where the protocol has none. */
    String value();

    /** The value in the binary form, without a length; empty where the protocol has none. */
    byte[] valueBytes();

    /** The text of this component alone, from its slash on. */
    default String text() {
        String name = "/" + protocol().protocolName();
        if (value().isEmpty()) {
            return name;
        }
        return value().startsWith("/") ? name + value() : name + "/" + value();
    }

    /** A protocol that has no value. */
    enum Flag implements Component {
        /** See {@link MultiaddrProtocol#P2P_CIRCUIT}. */
        P2P_CIRCUIT(MultiaddrProtocol.P2P_CIRCUIT),
        /** See {@link MultiaddrProtocol#TLS}. */
        TLS(MultiaddrProtocol.TLS),
        /** See {@link MultiaddrProtocol#NOISE}. */
        NOISE(MultiaddrProtocol.NOISE),
        /** See {@link MultiaddrProtocol#QUIC}. */
        QUIC(MultiaddrProtocol.QUIC),
        /** See {@link MultiaddrProtocol#QUIC_V1}. */
        QUIC_V1(MultiaddrProtocol.QUIC_V1),
        /** See {@link MultiaddrProtocol#WEBTRANSPORT}. */
        WEBTRANSPORT(MultiaddrProtocol.WEBTRANSPORT),
        /** See {@link MultiaddrProtocol#WEBRTC}. */
        WEBRTC(MultiaddrProtocol.WEBRTC),
        /** See {@link MultiaddrProtocol#WEBRTC_DIRECT}. */
        WEBRTC_DIRECT(MultiaddrProtocol.WEBRTC_DIRECT),
        /** See {@link MultiaddrProtocol#WS}. */
        WS(MultiaddrProtocol.WS),
        /** See {@link MultiaddrProtocol#WSS}. */
        WSS(MultiaddrProtocol.WSS),
        /** See {@link MultiaddrProtocol#HTTP}. */
        HTTP(MultiaddrProtocol.HTTP);

        private final MultiaddrProtocol protocol;

        Flag(MultiaddrProtocol protocol) {
            this.protocol = protocol;
        }

        static Flag of(MultiaddrProtocol protocol) {
            for (Flag flag : values()) {
                if (flag.protocol == protocol) {
                    return flag;
                }
            }
            throw new IllegalArgumentException(protocol + " has a value");
        }

        @Override
        public MultiaddrProtocol protocol() {
            return protocol;
        }

        @Override
        public String value() {
            return "";
        }

        @Override
        public byte[] valueBytes() {
            return new byte[0];
        }
    }

    /**
     * An IPv4 address.
     *
     * @param address the address
     */
    record Ip4(Inet4Address address) implements Component {
        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.IP4;
        }

        @Override
        public String value() {
            return IpText.format(address);
        }

        @Override
        public byte[] valueBytes() {
            return address.getAddress();
        }
    }

    /**
     * An IPv6 address. Its zone, if any, is an {@link Ip6Zone} before it.
     *
     * @param address the address, whose own scope is ignored
     */
    record Ip6(Inet6Address address) implements Component {
        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.IP6;
        }

        @Override
        public String value() {
            return IpText.format(address);
        }

        @Override
        public byte[] valueBytes() {
            return address.getAddress();
        }
    }

    /**
     * The zone of the IPv6 address that follows.
     *
     * @param value name or number of a network interface
     */
    record Ip6Zone(String value) implements Component {
        /** Rejects text that cannot stand in an address. */
        public Ip6Zone {
            ComponentRules.requireName(value);
        }

        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.IP6ZONE;
        }

        @Override
        public byte[] valueBytes() {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * A TCP port.
     *
     * @param port 0 to 65535
     */
    record Tcp(int port) implements Component {
        /** Rejects numbers that are no port. */
        public Tcp {
            ComponentRules.requirePort(port);
        }

        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.TCP;
        }

        @Override
        public String value() {
            return Integer.toString(port);
        }

        @Override
        public byte[] valueBytes() {
            return new byte[] {(byte) (port >> 8), (byte) port};
        }
    }

    /**
     * A UDP port.
     *
     * @param port 0 to 65535
     */
    record Udp(int port) implements Component {
        /** Rejects numbers that are no port. */
        public Udp {
            ComponentRules.requirePort(port);
        }

        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.UDP;
        }

        @Override
        public String value() {
            return Integer.toString(port);
        }

        @Override
        public byte[] valueBytes() {
            return new byte[] {(byte) (port >> 8), (byte) port};
        }
    }

    /**
     * A name to resolve.
     *
     * @param protocol DNS, DNS4, DNS6 or DNSADDR
     * @param value the domain name
     */
    record Dns(MultiaddrProtocol protocol, String value) implements Component {
        /** Rejects other protocols and text that cannot stand in an address. */
        public Dns {
            ComponentRules.requireDns(protocol);
            ComponentRules.requireName(value);
        }

        @Override
        public byte[] valueBytes() {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The server name for TLS.
     *
     * @param value the domain name
     */
    record Sni(String value) implements Component {
        /** Rejects text that cannot stand in an address. */
        public Sni {
            ComponentRules.requireName(value);
        }

        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.SNI;
        }

        @Override
        public byte[] valueBytes() {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The name of a peer.
     *
     * @param peerId the name
     */
    record P2p(PeerId peerId) implements Component {
        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.P2P;
        }

        @Override
        public String value() {
            return peerId.toString();
        }

        @Override
        public byte[] valueBytes() {
            return peerId.bytes();
        }
    }

    /**
     * The hash of a certificate that the peer will show.
     *
     * @param hash the hash, printed in base64
     */
    record CertHash(Multihash hash) implements Component {
        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.CERTHASH;
        }

        @Override
        public String value() {
            return Multibase.BASE64_URL.encodePrefixed(hash.bytes());
        }

        @Override
        public byte[] valueBytes() {
            return hash.bytes();
        }
    }

    /**
     * The path of a unix socket; nothing can follow it.
     *
     * @param value the absolute path
     */
    record Unix(String value) implements Component {
        /** Rejects what is no absolute path of a file. */
        public Unix {
            ComponentRules.requirePath(value);
        }

        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.UNIX;
        }

        @Override
        public byte[] valueBytes() {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The path of an HTTP resource.
     *
     * @param path the path as it is, not empty; percent-encoded in the text form
     */
    record HttpPath(String path) implements Component {
        /** Rejects the empty path and what is not Unicode. */
        public HttpPath {
            ComponentRules.requireText(path);
        }

        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.HTTP_PATH;
        }

        @Override
        public String value() {
            return QueryEscape.escape(path);
        }

        @Override
        public byte[] valueBytes() {
            return path.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * An endpoint within this process.
     *
     * @param id its number, unsigned
     */
    record Memory(long id) implements Component {
        @Override
        public MultiaddrProtocol protocol() {
            return MultiaddrProtocol.MEMORY;
        }

        @Override
        public String value() {
            return Long.toUnsignedString(id);
        }

        @Override
        public byte[] valueBytes() {
            return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        }
    }

    /** The component for an address of either family. */
    static Component ofIp(InetAddress address) {
        return address instanceof Inet6Address ip6 ? new Ip6(ip6) : new Ip4((Inet4Address) address);
    }
}
