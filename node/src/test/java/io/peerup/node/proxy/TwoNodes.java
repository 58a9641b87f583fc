package io.peerup.node.proxy;

import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.node.proxy.netty.LocalSockets;
import io.peerup.swarm.ProtocolId;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two real hosts on loopback: one exposes a service, which the test plays, the other proxies it. */
final class TwoNodes implements AutoCloseable {
    static final ProtocolId PROTOCOL = ProtocolId.of("/peerup/test/1.0.0");
    static final int PATIENCE_MILLIS = (int) Patience.LONG.toMillis();

    final Host server;
    final Host client;
    final ServerSocket service;
    final BlockingQueue<SessionEvent> serverEvents = new LinkedBlockingQueue<>();
    final BlockingQueue<SessionEvent> clientEvents = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final List<ServiceProtocol> exposed = new ArrayList<>();

    TwoNodes() throws Exception {
        Multiaddr loopback = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        server = Host.start(HostConfig.of(Identity.generate(), "server/1").listeningOn(List.of(loopback)));
        client = Host.start(HostConfig.of(Identity.generate(), "client/1"));
        client.swarm()
                .addressBook()
                .add(
                        server.peerId(),
                        server.swarm().selfAddresses().listening(),
                        Duration.ofMinutes(10),
                        client.strands().nanoTime());
        service = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
        service.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress serviceAddress() {
        return InetSocketAddress.createUnresolved("127.0.0.1", service.getLocalPort());
    }

    ServiceProtocol expose() {
        return expose(serviceAddress(), Optional.empty());
    }

    ServiceProtocol expose(InetSocketAddress target, Optional<Set<PeerId>> allowed) {
        ServiceProtocol protocol = new ServiceProtocol(
                new ExposedService("test", PROTOCOL, target, allowed),
                new LocalSockets(server.loops(), server.swarm().resources()),
                server.strands(),
                server.swarm().protections(),
                serverEvents::add);
        server.swarm().handle(protocol);
        exposed.add(protocol);
        return protocol;
    }

    TcpProxy proxy() throws Exception {
        return proxy(
                new SwarmStreamOpener(client.swarm(), server.peerId(), PROTOCOL, "test"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ProxyLimits.defaults());
    }

    TcpProxy proxy(StreamOpener opener, InetSocketAddress on, ProxyLimits limits) throws Exception {
        TcpProxy proxy = TcpProxy.listen(
                "test",
                on,
                opener,
                limits,
                new LocalSockets(client.loops(), client.swarm().resources()),
                client.strands(),
                clientEvents::add);
        proxies.add(proxy);
        return proxy;
    }

    /** A program that connects to a proxy. */
    Socket connect(TcpProxy proxy) throws Exception {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(proxy.address());
        return socket;
    }

    /** The service's end of the next session. */
    Socket accept() throws Exception {
        Socket socket = service.accept();
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** The next event of that kind. */
    static <E extends SessionEvent> E next(BlockingQueue<SessionEvent> events, Class<E> kind) throws Exception {
        while (true) {
            SessionEvent event = events.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " was told");
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    @Override
    public void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        service.close();
        for (TcpProxy proxy : proxies) {
            proxy.close(Duration.ZERO);
        }
        for (ServiceProtocol protocol : exposed) {
            protocol.close(Duration.ZERO);
        }
        client.close(Duration.ZERO);
        server.close(Duration.ZERO);
    }
}
