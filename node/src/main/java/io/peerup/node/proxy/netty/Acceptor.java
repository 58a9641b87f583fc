package io.peerup.node.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.peerup.swarm.OneLine;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands accepted clients on without registering them, since their loop is not known before their stream. */
final class Acceptor extends ChannelInboundHandlerAdapter {
    /** After a failed accept, such as one for want of file descriptors, which would fail again at once. */
    private static final long PAUSE_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final Consumer<ArrivedClient> arrived;

    Acceptor(Consumer<ArrivedClient> arrived) {
        this.arrived = arrived;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ArrivedClient client = new ArrivedClient((SocketChannel) message);
        try {
            arrived.accept(client);
        } catch (RuntimeException bug) {
            LOG.error("a client of {} was dropped", ctx.channel().localAddress(), bug);
            client.reset();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Channel server = ctx.channel();
        LOG.warn(
                "cannot accept clients on {}: {}; trying again in {} s",
                server.localAddress(),
                OneLine.of(cause),
                PAUSE_SECONDS);
        server.config().setAutoRead(false);
        ctx.executor().schedule(() -> server.config().setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
    }
}
