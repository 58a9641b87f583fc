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

/** Hears who the peer is: reads messages until FIN, for at most five seconds. */
public final class IdentifyReceiver extends SimpleChannelInboundHandler<ByteBuf> {
    /** As go-libp2p. */
    static final int TIMEOUT_SECONDS = 5;

    private final MuxedStream stream;
    private final IdentifyReader reader = new IdentifyReader();
    private final CompletableFuture<IdentifyMessage> message = new CompletableFuture<>();
    private @Nullable Future<?> deadline;

    private IdentifyReceiver(MuxedStream stream) {
        this.stream = stream;
    }

    /**
     * Reads from a stream; on its event loop. Completes there with everything that was said, or fails, and then the
     * stream is reset: with {@link ProtocolViolation} when the peer broke a rule.
     */
    public static CompletionStage<IdentifyMessage> receive(MuxedStream stream) {
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
                        () -> fail(new TimeoutException("not said within " + TIMEOUT_SECONDS + " s")),
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
        if (event instanceof ChannelInputShutdownEvent && !message.isDone()) {
            try {
                IdentifyMessage complete = reader.message();
                stopDeadline();
                message.complete(complete);
            } catch (ProtocolViolation violation) {
                fail(violation);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopDeadline();
        if (!message.isDone()) {
            message.completeExceptionally(new IllegalStateException("the stream was reset"));
        }
    }

    private void fail(Throwable why) {
        stopDeadline();
        message.completeExceptionally(why);
        stream.reset(
                why instanceof ProtocolViolation
                        ? ErrorCode.PROTOCOL_VIOLATION.streamCode()
                        : ErrorCode.NONE.streamCode());
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
