package io.peerup.node.proxy;

import io.peerup.node.proxy.netty.LocalSockets;
import io.peerup.swarm.strands.Strands;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Lets programs of this machine reach a peer's service through a local TCP port. A client is not read before its stream
 * is open, and then lives on the event loop of the connection that carries the stream. A client that gets no stream is
 * reset. May be used from any thread.
 */
public final class TcpProxy {
    private final LocalSockets.Listener listener;
    private final ProxyClients clients;
    private final Strands strands;

    private TcpProxy(LocalSockets.Listener listener, ProxyClients clients, Strands strands) {
        this.listener = listener;
        this.clients = clients;
        this.strands = strands;
    }

    /**
     * Starts to listen. Waits; not for an event loop.
     *
     * @param service its name for people
     * @param on where clients connect; an unresolved name is looked up, port 0 picks a free one
     * @param opener finds the streams
     * @param events hears of every client
     * @throws ListenProblem with one line
     */
    public static TcpProxy listen(
            String service,
            InetSocketAddress on,
            StreamOpener opener,
            ProxyLimits limits,
            LocalSockets sockets,
            Strands strands,
            Consumer<SessionEvent> events)
            throws ListenProblem, InterruptedException {
        InetSocketAddress address = resolved(on);
        ProxyClients clients = new ProxyClients(service, opener, limits, strands, events);
        try {
            return new TcpProxy(strands.await(sockets.listen(address, clients::arrived)), clients, strands);
        } catch (ExecutionException failed) {
            throw ListenProblem.of(on, failed.getCause());
        }
    }

    /** Where clients connect, with the port that was picked. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Clients that wait for a stream. */
    public int waitingClients() {
        return clients.waiting();
    }

    /** Clients that have one. */
    public int openSessions() {
        return clients.open();
    }

    /**
     * Listens no more, resets clients that wait, and gives open sessions {@code patience} to end before they are reset
     * too. Waits; not for an event loop. Safe to call twice.
     */
    public void close(Duration patience) throws InterruptedException {
        try {
            strands.await(listener.close());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("closing a listener does not fail", impossible);
        } finally {
            clients.close(patience);
        }
    }

    private static InetSocketAddress resolved(InetSocketAddress on) throws ListenProblem {
        if (!on.isUnresolved()) {
            return on;
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(on.getHostString()), on.getPort());
        } catch (UnknownHostException unknown) {
            throw ListenProblem.unknownHost(on);
        }
    }
}
