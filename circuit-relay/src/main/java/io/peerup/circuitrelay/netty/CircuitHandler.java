package io.peerup.circuitrelay.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.circuitrelay.CircuitUsage;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stream to a relay behave like a connection to the peer at the other end: the peer's FIN closes it, closing
 * it sends what is still queued before FIN, and when it ends for a limit of the relay it says so, by a {@link
 * CloseReason} fired down the pipeline.
 */
final class CircuitHandler extends ChannelDuplexHandler {
    /** How long a closed circuit may take to send its last bytes and see the other end close. */
    static final long LINGER_SECONDS = 2;

    private final MuxedStream stream;
    private final Optional<ConnectionLimit> limit;
    private @Nullable CircuitUsage usage;
    private boolean closing;

    CircuitHandler(MuxedStream stream, Optional<ConnectionLimit> limit) {
        this.stream = stream;
        this.limit = limit;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        limit.ifPresent(some -> usage = new CircuitUsage(some, now(ctx)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (usage != null) {
            usage.received(((ByteBuf) message).readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    /** Counted when the muxer has taken it: what waits for credit has not been sent. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        CircuitUsage counted = usage;
        if (counted == null) {
            ctx.write(message, promise);
            return;
        }
        int bytes = ((ByteBuf) message).readableBytes();
        ctx.write(message, promise.unvoid()).addListener(taken -> {
            if (taken.isSuccess()) {
                counted.sent(bytes);
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            tellWhy(ctx);
            closing = true;
            stream.finish();
            // Nobody is left to take what is still queued; without a queue FIN has ended the stream already.
            stream.reset(ErrorCode.NONE.streamCode());
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        tellWhy(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        stream.closed().thenRun(promise::trySuccess);
        if (closing) {
            return;
        }
        closing = true;
        stream.finish();
        stream.stopReading(ErrorCode.NONE.streamCode());
        var impatient = ctx.executor()
                .schedule(() -> stream.reset(ErrorCode.NONE.streamCode()), LINGER_SECONDS, TimeUnit.SECONDS);
        stream.closed().thenRun(() -> impatient.cancel(false));
    }

    private void tellWhy(ChannelHandlerContext ctx) {
        if (usage != null && !closing) {
            Optional<CloseReason.RelayLimitReached> reached = usage.limitReached(now(ctx));
            usage = null;
            reached.ifPresent(ctx::fireUserEventTriggered);
        }
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
