package io.peerup.swarm;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Component;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Our own addresses, and why each is advertised: where we listen on every interface, where enough peers see us, and
 * the circuits that relays hold open for us. Safe to use from any thread.
 */
public final class SelfAddresses {
    private final Supplier<List<InetAddress>> interfaces;
    private final Consumer<Set<Multiaddr>> changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Multiaddr> listening = new LinkedHashSet<>();
    private final Map<PeerId, List<Multiaddr>> relayed = new LinkedHashMap<>();
    private final Observations observations = new Observations();
    private Set<Multiaddr> latest = Set.of();
    private boolean announcing;

    /**
     * Starts with nothing.
     *
     * @param interfaces the machine's addresses, asked again each time they matter
     * @param changed told the advertised set whenever it has changed
     */
    SelfAddresses(Supplier<List<InetAddress>> interfaces, Consumer<Set<Multiaddr>> changed) {
        this.interfaces = interfaces;
        this.changed = changed;
    }

    /** One address of ours. */
    public record Advertised(Multiaddr address, Why why) {}

    /** Why an address is advertised. */
    public enum Why {
        /** A listener is bound to it, directly or by a wildcard on its interface. */
        LISTENING,
        /** Enough distinct peers see us there. */
        OBSERVED,
        /** A relay holds a reservation for us. */
        RELAYED
    }

    /** What we advertise and why, without {@code /p2p}; loopback is in it, for the peers that are on it too. */
    public List<Advertised> advertised() {
        lock.lock();
        try {
            Map<Multiaddr, Why> reasons = new LinkedHashMap<>();
            for (Multiaddr bound : listening) {
                expand(bound).forEach(address -> reasons.putIfAbsent(address, Why.LISTENING));
            }
            observations.believed().forEach(address -> reasons.putIfAbsent(address, Why.OBSERVED));
            relayed.values().forEach(addresses -> addresses.forEach(a -> reasons.putIfAbsent(a, Why.RELAYED)));
            return reasons.entrySet().stream()
                    .map(entry -> new Advertised(entry.getKey(), entry.getValue()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The addresses that listeners are bound to, wildcards as they are. */
    public List<Multiaddr> listening() {
        lock.lock();
        try {
            return List.copyOf(listening);
        } finally {
            lock.unlock();
        }
    }

    /** The circuit addresses a relay holds for us; an empty collection when the reservation is gone. */
    public void relayed(PeerId relay, Collection<Multiaddr> circuits) {
        change(() -> {
            if (circuits.isEmpty()) {
                return relayed.remove(relay) != null;
            }
            relayed.put(relay, List.copyOf(circuits));
            return true;
        });
    }

    /**
     * A peer told us where it sees us. Counted once per observing network while the connection lives, when it is direct
     * and its local end is where we listen.
     */
    public void observed(Connection connection, Multiaddr address) {
        change(() -> listensAt(connection.local()) && observations.add(connection, address));
        if (connection.closed().toCompletableFuture().isDone()) {
            left(connection);
        }
    }

    /** A connection has ended, and what its peer observed with it. */
    void left(Connection connection) {
        change(() -> observations.remove(connection));
    }

    /** A listener for circuits has no address of its own: what relays hold for us is told by {@link #relayed}. */
    void listening(Multiaddr bound) {
        if (!bound.isRelayed()) {
            change(() -> listening.add(bound));
        }
    }

    void stoppedListening(Multiaddr bound) {
        change(() -> listening.remove(bound));
    }

    /** Edits, and announces what came of it: in order, outside the lock, and by one thread at a time. */
    private void change(BooleanSupplier edit) {
        lock.lock();
        try {
            if (!edit.getAsBoolean() || !refresh() || announcing) {
                return;
            }
            announcing = true;
        } finally {
            lock.unlock();
        }
        for (Optional<Set<Multiaddr>> next = Optional.of(latest()); next.isPresent(); next = newerThan(next.get())) {
            changed.accept(next.get());
        }
    }

    private boolean refresh() {
        Set<Multiaddr> now = advertised().stream().map(Advertised::address).collect(Collectors.toUnmodifiableSet());
        boolean different = !now.equals(latest);
        latest = now;
        return different;
    }

    private Set<Multiaddr> latest() {
        lock.lock();
        try {
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be announced after {@code announced}; when nothing, the next change announces itself. */
    private Optional<Set<Multiaddr>> newerThan(Set<Multiaddr> announced) {
        lock.lock();
        try {
            announcing = !latest.equals(announced);
            return announcing ? Optional.of(latest) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** By the port, and the address unless that is a wildcard; nobody's word costs a look at the interfaces. */
    private boolean listensAt(Multiaddr local) {
        return listening.stream()
                .anyMatch(bound -> bound.equals(local)
                        || (bound.scope() == AddressScope.UNSPECIFIED
                                && bound.tcpAddress()
                                        .map(InetSocketAddress::getPort)
                                        .equals(local.tcpAddress().map(InetSocketAddress::getPort))
                                && sameFamily(bound, local)));
    }

    private static boolean sameFamily(Multiaddr one, Multiaddr other) {
        return one.components().getFirst().protocol()
                == other.components().getFirst().protocol();
    }

    private List<Multiaddr> expand(Multiaddr bound) {
        if (bound.scope() != AddressScope.UNSPECIFIED) {
            return List.of(bound);
        }
        return interfaces.get().stream()
                .map(SelfAddresses::component)
                .filter(ip -> ip.protocol() == bound.components().getFirst().protocol())
                .map(ip -> onInterface(ip, bound))
                .toList();
    }

    private static Component component(InetAddress address) {
        return switch (address) {
            case Inet4Address ip4 -> new Component.Ip4(ip4);
            case Inet6Address ip6 -> new Component.Ip6(ip6);
            default -> throw new IllegalArgumentException("an address of no family, " + address);
        };
    }

    private static Multiaddr onInterface(Component ip, Multiaddr wildcard) {
        List<Component> components = new ArrayList<>(wildcard.components());
        components.set(0, ip);
        return Multiaddr.of(components);
    }

    /** The unicast addresses of interfaces that are up, without link-local ones, which need a zone to be of use. */
    static List<InetAddress> machineAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(SelfAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                    .toList();
        } catch (SocketException unreadable) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}
