package io.peerup.identify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.IdentifyReader;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.netty.DelimitedFrameDecoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads messages until the peer finishes, within five seconds. */
final class IdentifyReceiver extends SimpleChannelInboundHandler<ByteBuf> {
    static final int TIMEOUT_SECONDS = 5;

    private final MuxedStream stream;
    private final IdentifyReader reader = new IdentifyReader();
    private final CompletableFuture<IdentifyMessage> message = new CompletableFuture<>();
    private @Nullable Future<?> deadline;

    private IdentifyReceiver(MuxedStream stream) {
        this.stream = stream;
    }

    /** Puts the reader on a stream; on its event loop, where the result completes too. A failure resets the stream. */
    static CompletionStage<IdentifyMessage> receive(MuxedStream stream) {
        IdentifyReceiver receiver = new IdentifyReceiver(stream);
        stream.channel()
                .pipeline()
                .addLast(new DelimitedFrameDecoder(IdentifyReader.MAX_MESSAGE_BYTES))
                .addLast(receiver);
        return receiver.message;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor()
                .schedule(
                        () -> fail(new TimeoutException("no answer within " + TIMEOUT_SECONDS + " s")),
                        TIMEOUT_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            if (!message.isDone()) {
                reader.read(bytes);
            }
        } catch (ProtocolViolation violation) {
            fail(violation);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            stopDeadline();
            message.complete(reader.message());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopDeadline();
        message.completeExceptionally(new IllegalStateException("the stream was reset"));
    }

    private void fail(Throwable why) {
        stopDeadline();
        if (message.completeExceptionally(why)) {
            stream.reset(why instanceof ProtocolViolation ? ErrorCode.PROTOCOL_VIOLATION.streamCode() : 0);
        }
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
