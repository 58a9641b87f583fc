package io.peerup.wire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import io.peerup.wire.Varint;

/** Puts the length of a message, as a varint, before it. Takes ownership of each buffer written. */
@Sharable
public final class DelimitedFrameEncoder extends MessageToByteEncoder<ByteBuf> {

    /** One instance serves any number of channels. */
    public DelimitedFrameEncoder() {
        super(ByteBuf.class);
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, ByteBuf message, boolean preferDirect) {
        int length = message.readableBytes();
        int framed = Varint.size(length) + length;
        return preferDirect ? ctx.alloc().ioBuffer(framed) : ctx.alloc().heapBuffer(framed);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf message, ByteBuf out) {
        Varint.write(out, message.readableBytes());
        out.writeBytes(message);
    }
}
