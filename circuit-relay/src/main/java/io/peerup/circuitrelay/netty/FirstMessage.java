package io.peerup.circuitrelay.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.peerup.circuitrelay.HopCodec;
import io.peerup.swarm.MuxedStream;
import io.peerup.wire.netty.DelimitedFrameDecoder;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the one message that comes first on a stream. Whoever waits installs the handlers for what follows in the
 * same call; bytes that came glued to the message reach them.
 */
final class FirstMessage extends SimpleChannelInboundHandler<ByteBuf> {
    private final Duration patience;
    private final DelimitedFrameDecoder decoder = new DelimitedFrameDecoder(HopCodec.MAX_MESSAGE_BYTES);
    private final CompletableFuture<byte[]> message = new CompletableFuture<>();
    private @Nullable Future<?> deadline;

    private FirstMessage(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits on a stream; on its event loop, where the result completes too. Fails when the peer breaks the framing,
     * ends the stream or takes longer than {@code patience}; the stream is then still the caller's to end.
     */
    static CompletionStage<byte[]> of(MuxedStream stream, Duration patience) {
        FirstMessage first = new FirstMessage(patience);
        stream.channel().pipeline().addLast(first.decoder).addLast(first);
        return first.message;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            fail(ctx, new EOFException("the stream was reset"));
            return;
        }
        deadline = ctx.executor()
                .schedule(
                        () -> fail(ctx, new TimeoutException("no answer within " + patience.toSeconds() + " s")),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        byte[] copy = ByteBufUtil.getBytes(bytes);
        leave(ctx, () -> message.complete(copy));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            fail(ctx, new EOFException("the peer ended the stream without a message"));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new EOFException("the stream was reset"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    private void fail(ChannelHandlerContext ctx, Throwable why) {
        if (!message.isDone()) {
            leave(ctx, () -> message.completeExceptionally(why));
        }
    }

    /** The decoder goes last: what it still holds then flows to the handlers that were installed meanwhile. */
    private void leave(ChannelHandlerContext ctx, Runnable complete) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        var pipeline = ctx.pipeline();
        pipeline.remove(this);
        complete.run();
        if (pipeline.context(decoder) != null) {
            pipeline.remove(decoder);
        }
    }
}
