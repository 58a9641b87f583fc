package io.peerup.swarm;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where others see us: what each connection's peer said last, for as long as the connection lives. Bounded by the
 * connections; guarded by its owner.
 */
final class Observations {
    /** Distinct observers before an address that others see becomes one we advertise, as go-libp2p. */
    static final int OBSERVERS_TO_BELIEVE = 4;

    /** Observed addresses advertised at once, most observers first; whoever owns many networks invents no more. */
    static final int MAX_BELIEVED = 4;

    /** What one customer of an internet provider has of IPv6, as go-libp2p counts: a /56. */
    private static final int IPV6_OBSERVER_BYTES = 7;

    private final Map<Connection, Observation> byConnection = new LinkedHashMap<>();

    private record Observation(Multiaddr address, String observer) {}

    /** Takes the peer's word in, or leaves it if nobody could see us so on this connection. True when something changed. */
    boolean add(Connection connection, Multiaddr address) {
        Optional<Observation> observation = observation(connection, address);
        return observation.isPresent() && !observation.get().equals(byConnection.put(connection, observation.get()));
    }

    boolean remove(Connection connection) {
        return byConnection.remove(connection) != null;
    }

    /** The addresses that enough observers see. */
    List<Multiaddr> believed() {
        Map<Multiaddr, Set<String>> observers = new LinkedHashMap<>();
        for (Observation one : byConnection.values()) {
            observers.computeIfAbsent(one.address(), first -> new HashSet<>()).add(one.observer());
        }
        return observers.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= OBSERVERS_TO_BELIEVE)
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(MAX_BELIEVED)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Optional<Observation> observation(Connection connection, Multiaddr address) {
        Multiaddr observed = address.withoutPeerId();
        Optional<InetAddress> seen = ip(observed);
        Optional<InetAddress> observer = ip(connection.remote());
        if (connection.isRelayed() || seen.isEmpty() || observer.isEmpty()) {
            return Optional.empty();
        }
        boolean possible = observed.scope() == AddressScope.PUBLIC
                && !observer.get().isLoopbackAddress()
                && seen.get().getClass() == observer.get().getClass();
        return possible ? Optional.of(new Observation(observed, network(observer.get()))) : Optional.empty();
    }

    private static Optional<InetAddress> ip(Multiaddr address) {
        return address.tcpAddress().map(InetSocketAddress::getAddress);
    }

    private static String network(InetAddress observer) {
        byte[] address = observer.getAddress();
        return HexFormat.of()
                .formatHex(observer instanceof Inet6Address ? Arrays.copyOf(address, IPV6_OBSERVER_BYTES) : address);
    }
}
