package io.peerup.swarm;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
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
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Our own addresses, and why each is advertised: where we listen on every interface, where enough peers see us, and
 * the circuits that relays hold open for us. Safe to use from any thread.
 */
public final class SelfAddresses {
    /** Distinct observers before an address that others see becomes one we advertise, as go-libp2p. */
    static final int OBSERVERS_TO_ADVERTISE = 4;

    /** Observed addresses kept; beyond it new ones are ignored until others are gone. */
    static final int MAX_OBSERVED = 32;

    /** Observers kept per address. */
    static final int MAX_OBSERVERS = 16;

    private final Supplier<List<InetAddress>> interfaces;
    private final Consumer<Set<Multiaddr>> changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Multiaddr> listening = new LinkedHashSet<>();
    private final Map<PeerId, List<Multiaddr>> relayed = new LinkedHashMap<>();
    private final Map<Multiaddr, Set<String>> observersByAddress = new LinkedHashMap<>();
    private Set<Multiaddr> lastAnnounced = Set.of();

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
            observersByAddress.forEach((address, observers) -> {
                if (observers.size() >= OBSERVERS_TO_ADVERTISE) {
                    reasons.putIfAbsent(address, Why.OBSERVED);
                }
            });
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
                relayed.remove(relay);
            } else {
                relayed.put(relay, List.copyOf(circuits));
            }
        });
    }

    /**
     * A peer told us where it sees us. Counted when the connection is direct and its local end is where we listen,
     * once per observing IP address.
     */
    public void observed(Connection connection, Multiaddr address) {
        if (connection.isRelayed() || address.isRelayed() || address.scope() != AddressScope.PUBLIC) {
            return;
        }
        var observer = connection.remote().tcpAddress().map(InetSocketAddress::getAddress);
        if (observer.isEmpty() || observer.get().isLoopbackAddress()) {
            return;
        }
        change(() -> {
            boolean ours = listening.stream().anyMatch(bound -> expand(bound).contains(connection.local()));
            if (!ours || (observersByAddress.size() >= MAX_OBSERVED && !observersByAddress.containsKey(address))) {
                return;
            }
            Set<String> observers = observersByAddress.computeIfAbsent(address, first -> new LinkedHashSet<>());
            if (observers.size() < MAX_OBSERVERS) {
                observers.add(observer.get().getHostAddress());
            }
        });
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

    private void change(Runnable edit) {
        Set<Multiaddr> now;
        lock.lock();
        try {
            edit.run();
            now = new LinkedHashSet<>();
            advertised().forEach(address -> now.add(address.address()));
            if (now.equals(lastAnnounced)) {
                return;
            }
            lastAnnounced = now;
        } finally {
            lock.unlock();
        }
        changed.accept(Set.copyOf(now));
    }

    private List<Multiaddr> expand(Multiaddr bound) {
        if (bound.scope() != AddressScope.UNSPECIFIED) {
            return List.of(bound);
        }
        InetSocketAddress wildcard = bound.tcpAddress().orElseThrow();
        List<Multiaddr> expanded = new ArrayList<>();
        for (InetAddress address : interfaces.get()) {
            if (address.getClass() == wildcard.getAddress().getClass()) {
                expanded.add(Multiaddr.ofTcp(new InetSocketAddress(address, wildcard.getPort())));
            }
        }
        return expanded;
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
