package io.peerup.node.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.MuxedStream;
import java.util.ArrayDeque;

/**
 * A stream that is not read until there is somewhere to write. What a negotiation had read beyond its last token is
 * kept, at most one window of the stream; the peer is held back by the credit it does not get.
 */
public final class HeldStream {
    private final MuxedStream stream;
    private final Hold hold = new Hold();

    private HeldStream(MuxedStream stream) {
        this.stream = stream;
    }

    /** Stops reading; on the event loop, while the stream is being attached. */
    public static HeldStream hold(MuxedStream stream) {
        HeldStream held = new HeldStream(stream);
        stream.channel().config().setAutoRead(false);
        stream.channel().pipeline().addLast(held.hold);
        return held;
    }

    /** The stream. */
    public MuxedStream stream() {
        return stream;
    }

    /** Gives what was kept to the handlers that were added since, and steps aside. Reading stays off. */
    void release() {
        if (!stream.closed().toCompletableFuture().isDone()) {
            stream.channel().pipeline().remove(hold);
        }
    }

    private static final class Hold extends ChannelInboundHandlerAdapter {
        private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();
        private boolean inputEnded;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            kept.add((ByteBuf) message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            inputEnded |= event instanceof ChannelInputShutdownEvent;
        }

        /** A proposal that was sent ahead of its answer was refused after all. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.channel().close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            kept.forEach(ByteBuf::release);
            kept.clear();
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
}
