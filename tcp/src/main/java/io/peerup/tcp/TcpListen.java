package io.peerup.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.peerup.swarm.Direction;
import io.peerup.swarm.RawConnection;
import io.peerup.swarm.Role;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.Refusal;
import io.peerup.swarm.limits.SocketScope;
import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds a listener and upgrades what it accepts. */
final class TcpListen {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListen.class);
    private static final int BACKLOG = 256;

    private final EventLoops loops;
    private final Upgrader upgrader;
    private final Consumer<UpgradedConnection> accepted;
    private final List<InetSocketAddress> listening;

    /** {@code listening} is where the transport keeps the addresses that it may dial from. */
    TcpListen(
            EventLoops loops,
            Upgrader upgrader,
            Consumer<UpgradedConnection> accepted,
            List<InetSocketAddress> listening) {
        this.loops = loops;
        this.upgrader = upgrader;
        this.accepted = accepted;
        this.listening = listening;
    }

    /**
     * Binds with a port that our dialing sockets may share. Such a bind would also succeed beside another process
     * that shares its port, and steal half of its connections; so a fixed port is first bound for us alone.
     */
    CompletionStage<Transport.Listener> bind(InetSocketAddress on) {
        return on.getPort() == 0 ? bindShared(on) : probe(on).thenCompose(alone -> bindShared(on));
    }

    /** Completes if nobody listens there. */
    private CompletionStage<Void> probe(InetSocketAddress on) {
        CompletableFuture<Void> alone = new CompletableFuture<>();
        if (loops.isEpoll()) {
            var probe = server(on, false).bind(on);
            probe.addListener(bound -> {
                if (bound.isSuccess()) {
                    probe.channel().close().addListener(closed -> alone.complete(null));
                } else {
                    alone.completeExceptionally(inOneLine(on, bound.cause()));
                }
            });
        } else {
            // What a selector knows lets go of its port only when the selector runs next.
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(on);
                alone.complete(null);
            } catch (IOException taken) {
                alone.completeExceptionally(inOneLine(on, taken));
            }
        }
        return alone;
    }

    private CompletionStage<Transport.Listener> bindShared(InetSocketAddress on) {
        return switch (upgrader.resources().openSocket()) {
            case Admission.Granted<SocketScope>(SocketScope socket) -> bindShared(on, socket);
            case Admission.Refused<SocketScope>(Refusal why) ->
                CompletableFuture.failedStage(inOneLine(on, new BindException(why.line())));
        };
    }

    private CompletionStage<Transport.Listener> bindShared(InetSocketAddress on, SocketScope socket) {
        CompletableFuture<Transport.Listener> bound = new CompletableFuture<>();
        var binding = server(on, true).bind(on);
        binding.addListener(done -> {
            if (done.isSuccess()) {
                Channel server = binding.channel();
                // Behind the handler of Netty that accepts, which passes on what it could not do.
                server.pipeline().addLast(new AcceptPause());
                server.closeFuture().addListener(closed -> socket.close());
                bound.complete(listener(server));
            } else {
                socket.close();
                bound.completeExceptionally(inOneLine(on, done.cause()));
            }
        });
        return bound;
    }

    private ServerBootstrap server(InetSocketAddress on, boolean shared) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channelFactory(() -> loops.serverSocketFor(on))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.SO_LINGER, SocketOptions.LINGER_SECONDS)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SocketOptions.WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, SocketOptions.reads())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        SocketOptions.onlyItsFamily(bootstrap, loops, EventLoops.family(on.getAddress()));
        if (shared) {
            SocketOptions.sharePort(bootstrap, loops);
        }
        return bootstrap;
    }

    private void accept(Channel channel) {
        if (!(channel.localAddress() instanceof InetSocketAddress local)
                || !(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            channel.close();
            return;
        }
        RawConnection raw = new RawConnection(
                channel, Direction.INBOUND, Multiaddr.ofTcp(local), Multiaddr.ofTcp(remote), Optional.empty());
        if (!upgrader.gater().allowsAccept(raw.local(), raw.remote())) {
            channel.close();
            return;
        }
        upgrader.upgrade(raw, Role.RESPONDER, Optional.empty()).whenComplete((upgraded, failure) -> {
            if (failure != null) {
                LOG.debug("incoming connection came to nothing: {}", failure.getMessage());
            } else {
                accepted.accept(upgraded);
            }
        });
    }

    private Transport.Listener listener(Channel server) {
        InetSocketAddress bound = (InetSocketAddress) server.localAddress();
        Multiaddr address = Multiaddr.ofTcp(bound);
        listening.add(bound);
        return new Transport.Listener() {
            @Override
            public Multiaddr address() {
                return address;
            }

            @Override
            public CompletionStage<Void> close() {
                listening.remove(bound);
                CompletableFuture<Void> closed = new CompletableFuture<>();
                // The port is free when the loop has selected once more, if it is one that selects.
                server.close()
                        .addListener(done ->
                                server.eventLoop().schedule(() -> closed.complete(null), 1, TimeUnit.MILLISECONDS));
                return closed;
            }
        };
    }

    private static Exception inOneLine(InetSocketAddress on, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        BindException line = new BindException("cannot listen on " + Multiaddr.ofTcp(on) + ": " + why(message));
        line.initCause(cause);
        return line;
    }

    /** The kernel's words for what a person can do something about, as each kind of event loop passes them on. */
    private static String why(String message) {
        if (message.contains("already in use") || message.contains("EADDRINUSE")) {
            return "another process listens there";
        }
        if (message.contains("annot assign requested address") || message.contains("EADDRNOTAVAIL")) {
            return "this machine has no such address";
        }
        if (message.contains("ermission denied") || message.contains("EACCES")) {
            return "only the administrator may use this port";
        }
        return message;
    }
}
