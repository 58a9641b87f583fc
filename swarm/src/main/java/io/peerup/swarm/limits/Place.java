package io.peerup.swarm.limits;

import io.peerup.wire.Component;
import io.peerup.wire.Multiaddr;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A part of the network that strangers may come from.
 *
 * @param name the scope that counts them
 * @param limit how many connections may have come in from there
 * @param rate how often one may come in
 */
record Place(ScopeName name, long limit, ConnectionRate rate) {
    /** Where this end is, the narrowest first; nowhere for a circuit, whose address is the relay's, and who is exempt. */
    static List<Place> of(Multiaddr remote, AddressLimits limits) {
        return remote.isRelayed()
                ? List.of()
                : remote.components().stream()
                        .limit(2)
                        .flatMap(component -> of(component, limits).stream())
                        .toList();
    }

    private static List<Place> of(Component component, AddressLimits limits) {
        return switch (component) {
            case Component.Ip4(InetAddress address)
            when !isExempt(address, limits) ->
                List.of(of(ScopeKind.IPV4_ADDRESS, address, 4, limits.perIpv4Address(), limits.newPerAddress()));
            case Component.Ip6(InetAddress address)
            when !isExempt(address, limits) ->
                List.of(
                        of(ScopeKind.IPV6_SUBNET_56, address, 7, limits.perIpv6Subnet56(), limits.newPerAddress()),
                        of(ScopeKind.IPV6_SUBNET_48, address, 6, limits.perIpv6Subnet48(), limits.newPerSite()));
            default -> List.of();
        };
    }

    ScopeLimits limits() {
        return ScopeLimits.unlimited().withConnections(limit, ScopeLimits.UNLIMITED);
    }

    private static Place of(ScopeKind kind, InetAddress address, int prefixBytes, long limit, ConnectionRate rate) {
        return new Place(new ScopeName(kind, ByteBuffer.wrap(address.getAddress(), 0, prefixBytes)), limit, rate);
    }

    private static boolean isExempt(InetAddress address, AddressLimits limits) {
        return limits.loopbackIsExempt() && address.isLoopbackAddress();
    }
}
