package io.peerup.host;

import io.peerup.wire.Multiaddr;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** What kinds of IP address the machine has. */
final class AddressFamilies {
    private AddressFamilies() {}

    /** Whether it is an IPv6 address on a machine where IPv6 is switched off. */
    static boolean isMissingHere(Multiaddr address) {
        return address.tcpAddress().map(InetSocketAddress::getAddress).orElse(null) instanceof Inet6Address
                && !hasIpv6();
    }

    private static boolean hasIpv6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(Inet6Address.class::isInstance);
        } catch (SocketException unreadable) {
            return true;
        }
    }
}
