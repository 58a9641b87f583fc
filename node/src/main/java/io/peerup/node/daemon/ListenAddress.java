package io.peerup.node.daemon;

import io.peerup.host.config.HostAndPort;
import io.peerup.host.config.InvalidValue;
import java.net.InetSocketAddress;

/** Where a proxy shall listen: {@code host:port}, port 0 for any that is free. */
final class ListenAddress {
    private static final String ANY_PORT = ":0";

    private ListenAddress() {}

    /** Unresolved, so that a name is looked up when it is bound. */
    static InetSocketAddress parse(String text) throws InvalidValue {
        boolean any = text.endsWith(ANY_PORT);
        HostAndPort parsed = HostAndPort.parse(any ? text.substring(0, text.length() - 1) + "1" : text);
        return InetSocketAddress.createUnresolved(parsed.host(), any ? 0 : parsed.port());
    }
}
