package io.peerup.tcp;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.StandardSocketOptions;

/** The options of our sockets, in one place. */
final class SocketOptions {
    /** Large reads and a deep write queue are worth a factor of two in bulk. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(512 << 10, 1 << 20);

    private static final int MAX_READ_BYTES = 256 << 10;
    private static final int FIRST_READ_BYTES = 4 << 10;

    /** Closing sends RST and leaves no TIME_WAIT behind, which would block dialing again from the listen port. */
    static final int LINGER_SECONDS = 0;

    private static final IntegerUnixChannelOption LINUX_REUSE_PORT =
            new IntegerUnixChannelOption("SO_REUSEPORT", 1, 15);
    private static final IntegerUnixChannelOption LINUX_V6_ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private SocketOptions() {}

    static AdaptiveRecvByteBufAllocator reads() {
        return new AdaptiveRecvByteBufAllocator(512, FIRST_READ_BYTES, MAX_READ_BYTES);
    }

    /** Lets several sockets of ours share a port: the listener and those that dial from it. */
    static void sharePort(AbstractBootstrap<?, ? extends Channel> bootstrap, EventLoops loops) {
        bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        if (loops.isEpoll()) {
            bootstrap.option(LINUX_REUSE_PORT, 1);
        } else {
            bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
    }

    /** Keeps an IPv6 wildcard listener off IPv4, so that both may be configured for one port. */
    static void onlyItsFamily(
            AbstractBootstrap<?, ? extends Channel> bootstrap, EventLoops loops, SocketProtocolFamily family) {
        if (loops.isEpoll() && family == SocketProtocolFamily.INET6) {
            bootstrap.option(LINUX_V6_ONLY, 1);
        }
    }
}
