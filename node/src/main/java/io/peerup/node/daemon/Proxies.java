package io.peerup.node.daemon;

import io.peerup.host.Host;
import io.peerup.host.config.InvalidValue;
import io.peerup.host.config.ServiceName;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.ProxyEntry;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import io.peerup.node.proxy.HostPort;
import io.peerup.node.proxy.ListenProblem;
import io.peerup.node.proxy.ProxyLimits;
import io.peerup.node.proxy.SessionEvent;
import io.peerup.node.proxy.SwarmStreamOpener;
import io.peerup.node.proxy.TcpProxy;
import io.peerup.node.proxy.netty.LocalSockets;
import io.peerup.node.reach.OfferedServices;
import io.peerup.node.reach.PeerNames;
import io.peerup.node.reach.PeerReach;
import io.peerup.relay.program.CommandFailed;
import io.peerup.swarm.Connection;
import io.peerup.swarm.OneLine;
import io.peerup.wire.PeerId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open proxies of a node, by number. Any thread. */
final class Proxies {
    /** Proxies at once; they are opened by the owner only, so this bounds a script gone wild. */
    static final int MAX_PROXIES = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Proxies.class);
    private static final String PREFIX = "proxy-";

    private final Host host;
    private final PeerNames names;
    private final PeerReach reach;
    private final LocalSockets sockets;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, Open> open = new ConcurrentSkipListMap<>();

    Proxies(Host host, PeerNames names, PeerReach reach) {
        this.host = host;
        this.names = names;
        this.reach = reach;
        this.sockets = new LocalSockets(host.loops(), host.swarm().resources());
    }

    /** One that is open; {@code closed} completes when it is so no more. */
    private record Open(
            int number, ConnectRequest request, TcpProxy proxy, boolean attached, CompletableFuture<Void> closed) {
        OpenedProxy told() {
            return new OpenedProxy(PREFIX + number, HostPort.text(proxy.address()));
        }
    }

    OpenedProxy open(ConnectRequest request) throws ApiProblem, InterruptedException {
        return listen(request, false, event -> LOG.info("{}", event.line())).told();
    }

    void attach(ConnectRequest request, ProxyListener listener) throws ApiProblem, InterruptedException {
        CompletableFuture<ProxyListener> told = new CompletableFuture<>();
        Open attached = listen(request, true, event -> told.thenAccept(to -> to.event(describe(event))));
        try {
            listener.opened(attached.told());
            told.complete(listener);
            host.strands().await(attached.closed());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a proxy closes without failing", impossible);
        } finally {
            closeIfOpen(attached.number());
        }
    }

    void close(String id) throws ApiProblem {
        if (!id.startsWith(PREFIX) || !closeIfOpen(number(id))) {
            throw new ApiProblem(Kind.NOT_FOUND, "proxy not found: " + id);
        }
    }

    List<ProxyEntry> list() {
        return open.values().stream()
                .map(proxy -> new ProxyEntry(
                        proxy.told().id(),
                        proxy.request().peer(),
                        proxy.request().service(),
                        proxy.told().listenAddress(),
                        proxy.attached(),
                        proxy.proxy().openSessions()))
                .toList();
    }

    void close() {
        open.keySet().forEach(this::closeIfOpen);
    }

    private Open listen(ConnectRequest request, boolean attached, Consumer<SessionEvent> events)
            throws ApiProblem, InterruptedException {
        PeerId peer = Asked.peer(names, request.peer());
        ServiceName service = service(request.service());
        InetSocketAddress on = listenAddress(request.listen());
        if (open.size() >= MAX_PROXIES) {
            throw new ApiProblem(Kind.UNAVAILABLE, MAX_PROXIES + " proxies are open already; close some");
        }
        requireOffered(peer, service);
        try {
            TcpProxy proxy = TcpProxy.listen(
                    service.value(),
                    on,
                    new SwarmStreamOpener(host.swarm(), peer, service.protocolId(), service.value()),
                    ProxyLimits.defaults(),
                    sockets,
                    host.strands(),
                    events);
            Open opened = new Open(last.incrementAndGet(), request, proxy, attached, new CompletableFuture<>());
            open.put(opened.number(), opened);
            return opened;
        } catch (ListenProblem taken) {
            throw new ApiProblem(Kind.FAILED, "failed to create listener: " + OneLine.of(taken), taken);
        }
    }

    private void requireOffered(PeerId peer, ServiceName service) throws ApiProblem, InterruptedException {
        Connection connection = Asked.connection(reach, peer);
        OfferedServices offered = OfferedServices.of(host.swarm(), connection);
        String remedy = offered.protocols().isEmpty() ? reach.remedyIfHungUp(connection) : "";
        if (!remedy.isEmpty() && !isConnected(peer)) {
            throw new ApiProblem(Kind.UNREACHABLE, names.display(peer) + " closed the connection at once" + remedy);
        }
        try {
            offered.require(service, names.display(peer));
        } catch (CommandFailed notOffered) {
            throw new ApiProblem(Kind.NOT_FOUND, OneLine.of(notOffered), notOffered);
        }
    }

    /** A connection that has just ended may still be in the swarm's list. */
    private boolean isConnected(PeerId peer) {
        return host.swarm().connections(peer).stream()
                .anyMatch(
                        connection -> !connection.closed().toCompletableFuture().isDone());
    }

    private boolean closeIfOpen(int number) {
        Open closing = open.remove(number);
        if (closing == null) {
            return false;
        }
        boolean interrupted = Thread.interrupted();
        try {
            closing.proxy().close(Duration.ZERO);
        } catch (InterruptedException hurried) {
            interrupted = true;
        } finally {
            closing.closed().complete(null);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return true;
    }

    private static int number(String id) {
        String digits = id.substring(PREFIX.length());
        return digits.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(digits) : 0;
    }

    private static ServiceName service(String text) throws ApiProblem {
        try {
            return ServiceName.parse(text);
        } catch (InvalidValue invalid) {
            throw new ApiProblem(Kind.INVALID, OneLine.of(invalid), invalid);
        }
    }

    private static InetSocketAddress listenAddress(String text) throws ApiProblem {
        try {
            return ListenAddress.parse(text);
        } catch (InvalidValue invalid) {
            throw new ApiProblem(Kind.INVALID, OneLine.of(invalid), invalid);
        }
    }

    private static ProxyEvent describe(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Opened opened -> new ProxyEvent("opened", opened.line());
            case SessionEvent.Failed failed -> new ProxyEvent("failed", failed.line());
            case SessionEvent.Ended ended -> new ProxyEvent(ended.isOrderly() ? "ended" : "broken", ended.line());
        };
    }
}
