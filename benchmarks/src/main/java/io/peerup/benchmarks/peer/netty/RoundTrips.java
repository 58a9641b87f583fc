package io.peerup.benchmarks.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.swarm.MuxedStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has a few bytes echoed over and over, one round trip after the other. */
public final class RoundTrips extends ChannelInboundHandlerAdapter {
    private final MuxedStream stream;
    private final int bytes;
    private final long[] nanos;
    private final CompletableFuture<long[]> done = new CompletableFuture<>();
    private int completed;
    private int missing;
    private long sentAt;

    private RoundTrips(MuxedStream stream, int count, int bytes) {
        this.stream = stream;
        this.bytes = bytes;
        this.nanos = new long[count];
    }

    /** On a stream that was just opened, on its event loop; how long each took. */
    public static CompletionStage<long[]> echo(MuxedStream stream, int count, int bytes) {
        RoundTrips handler = new RoundTrips(stream, count, bytes);
        stream.channel().pipeline().addLast(handler);
        return handler.done;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        send(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf received = (ByteBuf) message;
        missing -= received.readableBytes();
        received.release();
        if (missing > 0) {
            return;
        }
        nanos[completed++] = System.nanoTime() - sentAt;
        if (completed < nanos.length) {
            send(ctx);
        } else {
            stream.finish();
            done.complete(nanos);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.completeExceptionally(new IOException("the stream ended after " + completed + " round trips"));
    }

    private void send(ChannelHandlerContext ctx) {
        missing = bytes;
        sentAt = System.nanoTime();
        ctx.writeAndFlush(ctx.alloc().buffer(bytes).writeZero(bytes));
    }
}
