package io.peerup.tcp;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;

/** The event loops of a host and the socket channels that run on them: epoll where the kernel has it, else NIO. */
public final class EventLoops {
    private final EventLoopGroup group;
    private final boolean epoll;

    private EventLoops(EventLoopGroup group, boolean epoll) {
        this.group = group;
        this.epoll = epoll;
    }

    /**
     * Starts loops.
     *
     * @param threads at least 1; a loop starts its thread when it gets its first channel
     */
    public static EventLoops start(int threads) {
        return start(threads, Epoll.isAvailable());
    }

    static EventLoops start(int threads, boolean epoll) {
        IoHandlerFactory handlers = epoll ? KeepingEpoll.newFactory() : NioIoHandler.newFactory();
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("peerup-loop", true), handlers),
                epoll);
    }

    /** The loops themselves. */
    public EventLoopGroup group() {
        return group;
    }

    /** Whether these are epoll loops, whose sockets take the options of Linux. */
    public boolean isEpoll() {
        return epoll;
    }

    /** Ends the loops; completes when their threads have ended. Whatever still runs on them is dropped. */
    public Future<?> close() {
        return group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }

    /** A new socket, not registered yet, of the family of {@code address}, which must be resolved. */
    public SocketChannel socketFor(InetSocketAddress address) {
        SocketProtocolFamily family = family(address.getAddress());
        return epoll ? new EpollSocketChannel(family) : new NioSocketChannel(SelectorProvider.provider(), family);
    }

    /** A new server socket, not registered yet, of the family of {@code address}, which must be resolved. */
    public ServerChannel serverSocketFor(InetSocketAddress address) {
        SocketProtocolFamily family = family(address.getAddress());
        return epoll
                ? new EpollServerSocketChannel(family)
                : new NioServerSocketChannel(SelectorProvider.provider(), family);
    }

    static SocketProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }
}
