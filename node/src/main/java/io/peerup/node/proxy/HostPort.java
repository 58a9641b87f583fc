package io.peerup.node.proxy;

import java.net.InetSocketAddress;

/** How addresses are shown to people. */
public final class HostPort {
    private HostPort() {}

    /** {@code host:port}, with brackets around an IPv6 address. */
    public static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
