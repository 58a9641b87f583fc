package io.peerup.node.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;

/**
 * Keeps what a channel reads although it was told not to: the rest of a negotiation, or the one read that epoll makes
 * when the other side ends, whatever autoRead says. A channel that fails meanwhile is closed.
 */
final class Hold extends ChannelInboundHandlerAdapter {
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();
    private boolean inputEnded;

    /** Gives what was kept to the handlers that were added since, and steps aside. Reading stays as it is. */
    static void release(Channel channel) {
        if (channel.isOpen() && channel.pipeline().get(Hold.class) != null) {
            channel.pipeline().remove(Hold.class);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        kept.add((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        inputEnded |= event instanceof ChannelInputShutdownEvent;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        kept.forEach(ByteBuf::release);
        kept.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        boolean any = !kept.isEmpty();
        while (!kept.isEmpty()) {
            ctx.fireChannelRead(kept.remove());
        }
        if (any) {
            ctx.fireChannelReadComplete();
        }
        if (inputEnded) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }
}
