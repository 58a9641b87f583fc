package io.peerup.identify.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.IdentifyWriter;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Says who we are, then FIN; the peer has five seconds to take it and to end its side. What it says meanwhile is
 * dropped, but read: the answer to our proposal of a protocol may still be to come.
 */
public final class IdentifySender extends ChannelInboundHandlerAdapter {
    private final MuxedStream stream;
    private final CompletableFuture<Void> said = new CompletableFuture<>();
    private @Nullable Future<?> deadline;

    private IdentifySender(MuxedStream stream) {
        this.stream = stream;
    }

    /** Sends on a stream; on its event loop. Completes there when FIN is on its way, or fails. */
    public static CompletionStage<Void> send(MuxedStream stream, IdentifyMessage message) {
        IdentifySender sender = new IdentifySender(stream);
        Channel channel = stream.channel();
        channel.pipeline().addLast(sender);
        IdentifyWriter.write(message).stream()
                .map(Delimited::write)
                .map(Unpooled::wrappedBuffer)
                .forEach(channel::write);
        channel.flush();
        stream.finish().addListener(finished -> sender.report(finished.cause()));
        return sender.said;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(this::expire, IdentifyReceiver.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ReferenceCountUtil.release(bytes);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        report(cause);
        stream.reset(
                cause instanceof ProtocolViolation
                        ? ErrorCode.PROTOCOL_VIOLATION.streamCode()
                        : ErrorCode.NONE.streamCode());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (!said.isDone()) {
            report(new IllegalStateException("the stream was reset"));
        }
    }

    private void expire() {
        report(new TimeoutException("not taken within " + IdentifyReceiver.TIMEOUT_SECONDS + " s"));
        stream.reset(ErrorCode.NONE.streamCode());
    }

    private void report(@Nullable Throwable failure) {
        if (failure == null) {
            said.complete(null);
        } else {
            said.completeExceptionally(failure);
        }
    }
}
