package io.peerup.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.RawConnection;
import io.peerup.swarm.Role;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradeFailed;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.ConnectionScope;
import io.peerup.swarm.limits.Refusal;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One dial under way. The state below is guarded by the event loop of the channel it is about. */
final class TcpDial<T> implements Transport.Attempt<T> {
    private final EventLoops loops;
    private final Upgrader upgrader;
    private final InetSocketAddress to;
    private final PeerId peer;
    private final Role role;
    private final Duration connectTimeout;
    private final Function<UpgradedConnection, T> adopt;
    private final CompletableFuture<T> connection = new CompletableFuture<>();
    private volatile boolean cancelled;

    TcpDial(
            EventLoops loops,
            Upgrader upgrader,
            InetSocketAddress to,
            PeerId peer,
            Role role,
            Duration connectTimeout,
            Function<UpgradedConnection, T> adopt) {
        this.loops = loops;
        this.upgrader = upgrader;
        this.to = to;
        this.peer = peer;
        this.role = role;
        this.connectTimeout = connectTimeout;
        this.adopt = adopt;
    }

    /** Dials from {@code from} if given, and once more from any port if the kernel refuses that one. */
    void start(Optional<InetSocketAddress> from) {
        switch (upgrader.resources().openConnection(Direction.OUTBOUND, Multiaddr.ofTcp(to))) {
            case Admission.Granted<ConnectionScope>(ConnectionScope scope) -> {
                connection.whenComplete((upgraded, failure) -> {
                    if (failure != null) {
                        scope.close();
                    }
                });
                start(from, scope);
            }
            case Admission.Refused<ConnectionScope>(Refusal why) ->
                connection.completeExceptionally(new UpgradeFailed(UpgradeFailed.Stage.ACCEPT, why.line()));
        }
    }

    private void start(Optional<InetSocketAddress> from, ConnectionScope scope) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops.group())
                .channelFactory(() -> loops.socketFor(to))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_LINGER, SocketOptions.LINGER_SECONDS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SocketOptions.WATER_MARK)
                .option(ChannelOption.RECVBUF_ALLOCATOR, SocketOptions.reads())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                // The other side may speak first, and the listener below may come late to a connection that stands.
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // The upgrade puts its handlers in when the connection stands.
                    }
                });
        from.ifPresent(local -> SocketOptions.sharePort(bootstrap, loops));
        ChannelFuture connecting =
                from.map(local -> bootstrap.connect(to, local)).orElseGet(() -> bootstrap.connect(to));
        Channel channel = connecting.channel();
        connection.whenComplete((upgraded, failure) -> {
            // There is no channel to close when there was no descriptor for one.
            if (failure != null && channel.isOpen()) {
                channel.close();
            }
        });
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                upgrade(channel, scope);
            } else if (from.isPresent() && isAboutOurPort(done.cause())) {
                start(Optional.empty(), scope);
            } else {
                connection.completeExceptionally(inOneLine(done.cause()));
            }
        });
    }

    @Override
    public CompletionStage<T> connection() {
        return connection;
    }

    @Override
    public void cancel() {
        cancelled = true;
        connection.completeExceptionally(new CancellationException("cancelled"));
    }

    private void upgrade(Channel channel, ConnectionScope scope) {
        if (cancelled) {
            channel.close();
            return;
        }
        RawConnection raw = new RawConnection(
                channel,
                Direction.OUTBOUND,
                Multiaddr.ofTcp((InetSocketAddress) channel.localAddress()),
                Multiaddr.ofTcp(to),
                Optional.empty());
        upgrader.upgrade(raw, role, Optional.of(peer), scope).whenComplete((upgraded, failure) -> {
            if (failure != null) {
                connection.completeExceptionally(failure);
            } else if (connection.isDone()) {
                upgraded.muxed().close(ErrorCode.NONE.connectionCode());
            } else {
                adopt(upgraded);
            }
        });
        channel.config().setAutoRead(true);
    }

    private void adopt(UpgradedConnection upgraded) {
        try {
            connection.complete(adopt.apply(upgraded));
        } catch (RuntimeException notWanted) {
            connection.completeExceptionally(notWanted);
        }
    }

    private static boolean isAboutOurPort(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof BindException
                || message.contains("EADDRINUSE")
                || message.contains("EADDRNOTAVAIL")
                || message.contains("Cannot assign requested address")
                || message.contains("Address already in use");
    }

    private Exception inOneLine(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException slow ->
                new ConnectException("no answer within " + connectTimeout.toSeconds() + " s");
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") -> new ConnectException("connection refused");
            case NoRouteToHostException unroutable -> new ConnectException("no route to it; is the network up?");
            case Exception other -> other;
            case Throwable error -> new ConnectException(error.toString());
        };
    }
}
