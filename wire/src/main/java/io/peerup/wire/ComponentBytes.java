package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The binary form of components. */
final class ComponentBytes {
    private ComponentBytes() {}

    static Component read(ByteBuf in) throws ProtocolViolation {
        long code = Varint.read(in);
        MultiaddrProtocol protocol = MultiaddrProtocol.ofCode(code)
                .orElseThrow(
                        () -> new ProtocolViolation(WireRule.MULTIADDR_PROTOCOL_UNKNOWN, "protocol with code " + code));
        byte[] value = new byte[valueBytes(protocol, in)];
        in.readBytes(value);
        try {
            return decode(protocol, value);
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation(WireRule.MULTIADDR_VALUE_INVALID, protocol + ": " + e.getMessage());
        }
    }

    static void write(Component component, ByteBuf out) {
        byte[] value = component.valueBytes();
        Varint.write(out, component.protocol().code());
        if (component.protocol().valueBytes() == MultiaddrProtocol.LENGTH_PREFIXED) {
            Varint.write(out, value.length);
        }
        out.writeBytes(value);
    }

    private static int valueBytes(MultiaddrProtocol protocol, ByteBuf in) throws ProtocolViolation {
        int fixed = protocol.valueBytes();
        long length = fixed == MultiaddrProtocol.LENGTH_PREFIXED ? Varint.read(in) : fixed;
        if (length > in.readableBytes()) {
            throw new ProtocolViolation(WireRule.MULTIADDR_TRUNCATED, length + " bytes of " + protocol);
        }
        return (int) length;
    }

    private static Component decode(MultiaddrProtocol protocol, byte[] value) throws ProtocolViolation {
        return switch (protocol) {
            case IP4 -> new Component.Ip4(IpText.inet4(value));
            case IP6 -> new Component.Ip6(IpText.inet6(value));
            case IP6ZONE -> new Component.Ip6Zone(text(value));
            case TCP -> new Component.Tcp(port(value));
            case UDP -> new Component.Udp(port(value));
            case DNS, DNS4, DNS6, DNSADDR -> new Component.Dns(protocol, text(value));
            case SNI -> new Component.Sni(text(value));
            case P2P -> new Component.P2p(PeerId.fromBytes(value));
            case CERTHASH -> new Component.CertHash(Multihash.fromBytes(value));
            case UNIX -> new Component.Unix(text(value));
            case HTTP_PATH -> new Component.HttpPath(text(value));
            case MEMORY -> new Component.Memory(ByteBuffer.wrap(value).getLong());
            case P2P_CIRCUIT, TLS, NOISE, QUIC, QUIC_V1, WEBTRANSPORT, WEBRTC, WEBRTC_DIRECT, WS, WSS, HTTP ->
                Component.Flag.of(protocol);
        };
    }

    private static int port(byte[] value) {
        return Short.toUnsignedInt(ByteBuffer.wrap(value).getShort());
    }

    private static String text(byte[] value) {
        try {
            return Utf8.decode(value);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }
}
