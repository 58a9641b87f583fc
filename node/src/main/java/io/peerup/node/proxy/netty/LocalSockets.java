package io.peerup.node.proxy.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.Refusal;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.swarm.limits.SocketScope;
import io.peerup.tcp.AcceptPause;
import io.peerup.tcp.EventLoops;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Connects to local services and listens for local clients, on the loops of a host. Methods may be called anywhere. */
public final class LocalSockets {
    private static final int BACKLOG = 256;

    private final EventLoops loops;
    private final ResourceScopes resources;

    /**
     * Sockets of the kind that these loops carry.
     *
     * @param resources where each is counted before it is there, those of the host
     */
    public LocalSockets(EventLoops loops, ResourceScopes resources) {
        this.loops = loops;
        this.resources = resources;
    }

    /** A listener that is bound. */
    public interface Listener {
        /** Where; with the port that was picked. */
        InetSocketAddress address();

        /** Accepts no more; completes when the port is free. Safe to call twice. */
        CompletionStage<Void> close();
    }

    /**
     * Connects; the socket does not read yet. Whoever completes the future first, such as by cancelling it, has the
     * socket closed.
     *
     * @param loop the loop that the socket shall be on, one of those given to the constructor
     * @param to resolved
     */
    public CompletableFuture<LocalSocket> connect(EventLoop loop, InetSocketAddress to, Duration patience) {
        return switch (resources.openSocket()) {
            case Admission.Granted<SocketScope>(SocketScope scope) -> connect(loop, to, patience, scope);
            case Admission.Refused<SocketScope>(Refusal why) ->
                CompletableFuture.failedFuture(new ConnectException(why.line()));
        };
    }

    private CompletableFuture<LocalSocket> connect(
            EventLoop loop, InetSocketAddress to, Duration patience, SocketScope scope) {
        CompletableFuture<LocalSocket> connected = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> loops.socketFor(to))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(patience.toMillis()))
                .handler(new Hold());
        TcpSocket.OPTIONS.forEach((option, value) -> set(bootstrap, option, value));
        ChannelFuture connecting = bootstrap.connect(to);
        connecting.addListener(done -> {
            Channel channel = connecting.channel();
            if (!done.isSuccess()) {
                scope.close();
                connected.completeExceptionally(done.cause());
                return;
            }
            channel.closeFuture().addListener(closed -> scope.close());
            if (!connected.complete(new TcpSocket((SocketChannel) channel))) {
                channel.close();
            }
        });
        connected.whenComplete((socket, failure) -> {
            // There is no channel to close when there was no descriptor for one.
            if (failure != null && connecting.channel().isOpen()) {
                connecting.channel().close();
            }
        });
        return connected;
    }

    /**
     * Listens.
     *
     * @param on resolved; port 0 picks a free one
     * @param arrived told of every client, on the loop of the listener
     */
    public CompletionStage<Listener> listen(InetSocketAddress on, Consumer<ArrivedClient> arrived) {
        return switch (resources.openSocket()) {
            case Admission.Granted<SocketScope>(SocketScope scope) -> listen(on, arrived, scope);
            case Admission.Refused<SocketScope>(Refusal why) ->
                CompletableFuture.failedStage(new BindException(why.line()));
        };
    }

    private CompletionStage<Listener> listen(InetSocketAddress on, Consumer<ArrivedClient> arrived, SocketScope scope) {
        CompletableFuture<Listener> bound = new CompletableFuture<>();
        bound.whenComplete((listener, failure) -> {
            if (failure != null) {
                scope.close();
            }
        });
        ServerChannel server;
        try {
            server = loops.serverSocketFor(on);
        } catch (ChannelException noSocket) {
            bound.completeExceptionally(noSocket);
            return bound;
        }
        server.closeFuture().addListener(closed -> scope.close());
        server.config().setOption(ChannelOption.SO_REUSEADDR, true);
        server.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        server.pipeline().addLast(new Acceptor(resources, arrived), new AcceptPause());
        loops.group().register(server).addListener(registered -> {
            if (registered.isSuccess()) {
                bind(server, on, bound);
            } else {
                server.unsafe().closeForcibly();
                bound.completeExceptionally(registered.cause());
            }
        });
        return bound;
    }

    private static void bind(ServerChannel server, InetSocketAddress on, CompletableFuture<Listener> bound) {
        server.bind(on).addListener(done -> {
            if (done.isSuccess()) {
                bound.complete(new Bound(server, (InetSocketAddress) server.localAddress()));
            } else {
                server.close();
                bound.completeExceptionally(done.cause());
            }
        });
    }

    @SuppressWarnings("unchecked") // the table pairs each option with a value of its type
    private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    private record Bound(ServerChannel server, InetSocketAddress address) implements Listener {
        @Override
        public CompletionStage<Void> close() {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            ChannelFuture closing = server.close();
            if (closing.isDone()) {
                // Perhaps because its loop has ended, where no listener would be told.
                closed.complete(null);
            } else {
                closing.addListener(done -> closed.complete(null));
            }
            return closed;
        }
    }
}
