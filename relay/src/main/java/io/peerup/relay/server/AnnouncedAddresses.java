package io.peerup.relay.server;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Component;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a relay that does not run now would be reached: its listen addresses, wildcards as the machine's addresses. */
public final class AnnouncedAddresses {
    private AnnouncedAddresses() {}

    /** The addresses with the relay's peer ID: the public ones, or all of them if there are none. */
    public static List<Multiaddr> of(List<Multiaddr> listening, PeerId relay) {
        List<Multiaddr> all = listening.stream()
                .flatMap(AnnouncedAddresses::expand)
                .map(address -> address.withPeerId(relay))
                .distinct()
                .toList();
        List<Multiaddr> open = all.stream()
                .filter(address -> address.scope() == AddressScope.PUBLIC)
                .toList();
        return open.isEmpty() ? all : open;
    }

    private static Stream<Multiaddr> expand(Multiaddr address) {
        if (address.scope() != AddressScope.UNSPECIFIED) {
            return Stream.of(address);
        }
        List<Component> rest =
                address.components().subList(1, address.components().size());
        boolean ip4 = address.components().getFirst() instanceof Component.Ip4;
        return machineAddresses()
                .filter(found -> found instanceof Inet4Address == ip4)
                .map(found -> {
                    List<Component> components = new ArrayList<>(List.of(Component.ofIp(found)));
                    components.addAll(rest);
                    return Multiaddr.of(components);
                });
    }

    private static Stream<InetAddress> machineAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress());
        } catch (SocketException unreadable) {
            return Stream.of();
        }
    }
}
