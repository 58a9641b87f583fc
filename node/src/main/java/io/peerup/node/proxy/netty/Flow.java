package io.peerup.node.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * One direction of a bridge: what its channel delivers is written to the other, flushed once per read. It reads while
 * the other takes, so at most one read lies above the other's high-water mark.
 */
final class Flow extends ChannelInboundHandlerAdapter {
    private final Channel to;
    private final Listener listener;
    private boolean ended;
    private volatile long carriedBytes;

    /** What a direction tells its bridge. */
    interface Listener {
        /** No byte comes after those that were written. */
        void inputEnded();

        /** The channel that is read from, or a write to it, failed. */
        void broken(Throwable cause);

        /** The channel that is read from is closed. */
        void inactive();
    }

    /** A direction towards {@code to}; to be put on the channel that is read from, of the same event loop. */
    Flow(Channel to, Listener listener) {
        this.to = to;
        this.listener = listener;
    }

    /** May be read from any thread. */
    long carriedBytes() {
        return carriedBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        carriedBytes = carriedBytes() + ((ByteBuf) message).readableBytes();
        to.write(message, to.voidPromise());
        if (!to.isWritable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        to.flush();
    }

    /** Ours takes more, or no more, so the other may be read, or not. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        to.config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            listener.inputEnded();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        listener.broken(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        listener.inactive();
    }
}
