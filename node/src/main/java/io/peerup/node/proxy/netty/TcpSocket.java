package io.peerup.node.proxy.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.util.Map;

/**
 * A socket of this machine. It lingers for zero seconds until it is closed properly, so whatever else ends it, the end of
 * the process included, the other side sees RST.
 */
record TcpSocket(SocketChannel channel) implements LocalSocket {
    private static final int NO_LINGER = -1;
    private static final int RST_ON_CLOSE = 0;

    /** No more than a stream takes before it says stop. */
    private static final AdaptiveRecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(512, 4 << 10, 256 << 10);

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 512 << 10);

    /** What every socket is set to before it is used. */
    static final Map<ChannelOption<?>, Object> OPTIONS = Map.of(
            ChannelOption.AUTO_READ, false,
            ChannelOption.ALLOW_HALF_CLOSURE, true,
            ChannelOption.TCP_NODELAY, true,
            ChannelOption.SO_KEEPALIVE, true,
            ChannelOption.SO_LINGER, RST_ON_CLOSE,
            ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK,
            ChannelOption.RECVBUF_ALLOCATOR, READS);

    /** Netty's shutdownOutput would drop what is still queued, so it waits its turn behind an empty write. */
    @Override
    public ChannelFuture finish() {
        ChannelPromise finished = channel.newPromise();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(drained -> {
            if (drained.isSuccess()) {
                channel.shutdownOutput(finished);
            } else {
                finished.setFailure(drained.cause());
            }
        });
        return finished;
    }

    @Override
    public void close() {
        channel.config().setOption(ChannelOption.SO_LINGER, NO_LINGER);
        channel.close();
    }

    @Override
    public void reset() {
        channel.close();
    }

    /** Sets the options on a socket that was accepted. */
    static void prepare(Channel accepted) {
        accepted.config().setOptions(OPTIONS);
    }
}
