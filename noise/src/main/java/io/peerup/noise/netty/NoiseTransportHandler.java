package io.peerup.noise.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.peerup.noise.CipherState;
import io.peerup.wire.ProtocolViolation;

/**
 * Seals what is written and opens what arrives. While writes pile up messages are filled to the brim; on flush what is
 * left goes out at once. The first message that does not open closes the channel and delivers nothing.
 */
final class NoiseTransportHandler extends ChannelDuplexHandler {
    private final PlaintextQueue outbound;
    private final MessageReader inbound;
    private boolean broken;

    NoiseTransportHandler(CipherState send, CipherState receive) {
        this.outbound = new PlaintextQueue(send);
        this.inbound = new MessageReader(receive);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (!broken && in.isReadable()) {
                ByteBuf plaintext = inbound.next(in, ctx.alloc());
                if (plaintext != null) {
                    ctx.fireChannelRead(plaintext);
                }
            }
        } catch (ProtocolViolation violation) {
            broken = true;
            ctx.fireExceptionCaught(violation);
            ctx.close();
        } finally {
            in.release();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf plaintext)) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new UnsupportedOperationException("only bytes can be sealed"));
            return;
        }
        outbound.add(plaintext, promise);
        outbound.sealFull(ctx);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        outbound.sealAll(ctx);
        ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        outbound.sealAll(ctx);
        ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        outbound.release();
        inbound.release();
    }
}
