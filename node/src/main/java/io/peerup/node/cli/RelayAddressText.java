package io.peerup.node.cli;

import io.netty.util.NetUtil;
import io.peerup.host.file.PrintableText;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.PeerIdParameter;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A relay's address as people write it: a multiaddr, {@code IP:PORT}, or an IP address alone, which means port 7777. */
final class RelayAddressText {
    static final int DEFAULT_PORT = 7777;

    private static final int MAX_PORT = 65_535;
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)](?::([0-9]{1,5}))?");
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+):([0-9]{1,5})");

    private RelayAddressText() {}

    /** The address, with or without a peer ID at its end. */
    static Multiaddr parse(String text) throws CommandFailed {
        if (text.isEmpty()) {
            throw new CommandFailed("relay address is required");
        }
        return text.startsWith("/") ? multiaddr(text) : Multiaddr.ofTcp(endpoint(text));
    }

    /** A relay's peer ID. */
    static PeerId peerId(String text) throws CommandFailed {
        return PeerIdParameter.parse(text, "the relay prints its own when it starts");
    }

    private static Multiaddr multiaddr(String text) throws CommandFailed {
        try {
            Multiaddr address = Multiaddr.parse(text);
            if (address.isRelayed() || address.tcpAddress().isEmpty()) {
                throw invalid(text, "this version reaches relays over TCP, at an IP address");
            }
            return address;
        } catch (ProtocolViolation malformed) {
            throw invalid(text, String.valueOf(malformed.getMessage()));
        }
    }

    private static InetSocketAddress endpoint(String text) throws CommandFailed {
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return endpoint(text, bracketed.group(1), bracketed.group(2));
        }
        Matcher withPort = WITH_PORT.matcher(text);
        return withPort.matches() ? endpoint(text, withPort.group(1), withPort.group(2)) : endpoint(text, text, null);
    }

    private static InetSocketAddress endpoint(String text, String host, @Nullable String port) throws CommandFailed {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
        if (address == null) {
            throw invalid(text, "it needs the IP address, not a name");
        }
        if (number < 1 || number > MAX_PORT) {
            throw invalid(text, "the port is a number from 1 to 65535");
        }
        return new InetSocketAddress(address, number);
    }

    private static CommandFailed invalid(String text, String why) {
        return new CommandFailed("invalid relay address " + PrintableText.quoted(text) + ": " + why
                + "; write IP:PORT, such as 203.0.113.50:7777, or the address that the relay prints");
    }
}
