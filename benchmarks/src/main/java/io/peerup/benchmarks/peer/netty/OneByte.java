package io.peerup.benchmarks.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.MuxedStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has one byte echoed and ends. */
public final class OneByte extends ChannelInboundHandlerAdapter {
    private final MuxedStream stream;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int received;

    private OneByte(MuxedStream stream) {
        this.stream = stream;
    }

    /** On a stream that was just opened, on its event loop; completes when the other side has ended, too. */
    public static CompletionStage<Void> echo(MuxedStream stream) {
        OneByte handler = new OneByte(stream);
        stream.channel().pipeline().addLast(handler);
        return handler.done;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte(1));
        stream.finish();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received += bytes.readableBytes();
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (received == 1) {
                done.complete(null);
            } else {
                done.completeExceptionally(new IOException("echo of 1 byte has " + received));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!done.isDone()) {
            done.completeExceptionally(new IOException("the stream was reset"));
        }
    }
}
