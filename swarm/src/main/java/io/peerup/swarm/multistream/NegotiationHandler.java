package io.peerup.swarm.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.ProtocolViolation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One side of a negotiation in a pipeline. Buffers whatever follows the last token and hands it to the next handler
 * when it removes itself. Exactly one of the two outcomes is called, once, on the event loop.
 */
abstract sealed class NegotiationHandler extends ByteToMessageDecoder permits ProposingHandler, AnsweringHandler {
    private final Duration patience;
    private final NegotiationOutcome outcome;
    private @Nullable Future<?> deadline;
    private boolean over;

    NegotiationHandler(Duration patience, NegotiationOutcome outcome) {
        this.patience = patience;
        this.outcome = outcome;
    }

    /** Sends what this side says unasked. */
    abstract void begin(ChannelHandlerContext ctx);

    /** Handles one token. */
    abstract void receive(ChannelHandlerContext ctx, String token) throws ProtocolViolation;

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> expire(ctx), patience.toNanos(), TimeUnit.NANOSECONDS);
        begin(ctx);
        // Not flushed here: what the protocol writes in this same turn of the loop shares the packet.
        ctx.executor().execute(() -> {
            ctx.flush();
            readFirst(ctx);
        });
    }

    @Override
    protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
        }
        while (!over) {
            try {
                var token = MultistreamCodec.decode(in);
                if (token.isEmpty()) {
                    return;
                }
                receive(ctx, token.get());
            } catch (ProtocolViolation violation) {
                in.skipBytes(in.readableBytes());
                fail(ctx, violation);
            }
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        ctx.flush();
        super.channelReadComplete(ctx);
    }

    /** No more will come; what came is decoded first. */
    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        super.userEventTriggered(ctx, event);
        if (event instanceof ChannelInputShutdownEvent) {
            fail(
                    ctx,
                    new StreamRefused(StreamRefused.Cause.RESET, "the peer finished before a protocol was agreed on"));
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) throws Exception {
        fail(ctx, new StreamRefused(StreamRefused.Cause.CONNECTION_CLOSED, "closed while a protocol was negotiated"));
        super.channelInactive(ctx);
    }

    /** The socket broke; nobody behind this handler is there yet to hear of it. */
    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof IOException broken) {
            fail(ctx, broken);
        } else {
            super.exceptionCaught(ctx, cause);
        }
    }

    @Override
    protected final void handlerRemoved0(ChannelHandlerContext ctx) {
        fail(ctx, new StreamRefused(StreamRefused.Cause.CONNECTION_CLOSED, "gave up negotiating a protocol"));
    }

    final void send(ChannelHandlerContext ctx, String... tokens) {
        ByteBuf out = ctx.alloc().buffer();
        for (String token : tokens) {
            MultistreamCodec.encode(token, out);
        }
        // A failed answer is no fault: the peer may already have all it wants and be gone.
        ctx.write(out);
    }

    final void agree(ChannelHandlerContext ctx, ProtocolId protocol) {
        end();
        outcome.agreed(protocol);
        boolean followed = actualReadableBytes() > 0;
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
        if (!followed && !ctx.channel().config().isAutoRead()) {
            // The last token used up a read that the protocol may have asked for and would wait for in vain.
            ctx.channel().read();
        }
    }

    final void fail(ChannelHandlerContext ctx, Exception why) {
        if (!over) {
            end();
            outcome.failed(why);
        }
    }

    /** A protocol that is there already and reads on demand does not ask for our tokens; the decoder reads on. */
    private void readFirst(ChannelHandlerContext ctx) {
        if (!over && !ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    private void end() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        fail(
                ctx,
                new StreamRefused(
                        StreamRefused.Cause.TIMED_OUT, "no protocol agreed within " + patience.toSeconds() + " s"));
    }
}
