package io.peerup.tcp;

import io.peerup.swarm.Role;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * TCP: {@code /ip4/…/tcp/…} and {@code /ip6/…/tcp/…}. Dials from a port it listens on, so that peers observe the
 * address where we can be reached; falls back to any port when the kernel does not allow it.
 */
public final class TcpTransport implements Transport {
    private final EventLoops loops;
    private final Upgrader upgrader;
    private final Duration connectTimeout;
    private final List<InetSocketAddress> listening = new CopyOnWriteArrayList<>();

    /**
     * A transport without listeners.
     *
     * @param connectTimeout for the TCP handshake alone; go-libp2p takes 5 s
     */
    public TcpTransport(EventLoops loops, Upgrader upgrader, Duration connectTimeout) {
        this.loops = loops;
        this.upgrader = upgrader;
        this.connectTimeout = connectTimeout;
    }

    @Override
    public boolean dials(Multiaddr address) {
        return !address.isRelayed()
                && isPlainTcp(address)
                && address.tcpAddress().filter(to -> to.getPort() > 0).isPresent();
    }

    @Override
    public boolean listens(Multiaddr address) {
        return !address.isRelayed() && isPlainTcp(address);
    }

    @Override
    public <T> Attempt<T> dial(Multiaddr address, PeerId peer, Role role, Function<UpgradedConnection, T> adopt) {
        InetSocketAddress to = address.tcpAddress().orElseThrow();
        TcpDial<T> dial = new TcpDial<>(loops, upgrader, to, peer, role, connectTimeout, adopt);
        dial.start(portToDialFrom(to));
        return dial;
    }

    @Override
    public CompletionStage<Listener> listen(Multiaddr address, Consumer<UpgradedConnection> accepted) {
        InetSocketAddress on = address.tcpAddress().orElseThrow();
        return new TcpListen(loops, upgrader, accepted, listening).bind(on);
    }

    /**
     * A listener's address that the kernel lets us bind to for this destination: same family, same reach, and not the
     * destination itself, for a socket that connects to its own address is its own peer.
     */
    private Optional<InetSocketAddress> portToDialFrom(InetSocketAddress to) {
        return listening.stream()
                .filter(bound -> EventLoops.family(bound.getAddress()) == EventLoops.family(to.getAddress()))
                .filter(bound -> bound.getAddress().isAnyLocalAddress()
                        || bound.getAddress().isLoopbackAddress()
                                == to.getAddress().isLoopbackAddress())
                .filter(bound -> bound.getPort() != to.getPort() || !isOurs(to.getAddress()))
                .findFirst();
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static boolean isPlainTcp(Multiaddr address) {
        Multiaddr bare = address.withoutPeerId();
        return bare.components().size() == 2 && bare.tcpAddress().isPresent();
    }
}
