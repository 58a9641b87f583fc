package io.peerup.wire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.Varint;
import io.peerup.wire.WireRule;
import java.util.List;

/**
 * Cuts a stream into the messages whose lengths stand before them, each passed on as a retained slice that the next
 * handler releases.
 *
 * <p>A length that is malformed or above the bound is noticed before any of its message is kept. It, and a stream that
 * ends within a message, is fired once as {@code exceptionCaught} with a {@link ProtocolViolation}; everything after it
 * is dropped. Bytes after the last message stay in the pipeline when the handler is removed.
 */
public final class DelimitedFrameDecoder extends ByteToMessageDecoder {
    private final int maxBytes;
    private boolean violated;

    /**
     * A decoder for one channel.
     *
     * @param maxBytes the longest message accepted, without its length
     */
    public DelimitedFrameDecoder(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("no message fits in " + maxBytes + " bytes");
        }
        this.maxBytes = maxBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (violated) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            decodeOne(in, out);
        } catch (ProtocolViolation violation) {
            violate(ctx, in, violation);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        decode(ctx, in, out);
        if (out.isEmpty() && in.isReadable()) {
            violate(ctx, in, new ProtocolViolation(WireRule.FRAME_TRUNCATED, in.readableBytes() + " bytes at the end"));
        }
    }

    private void decodeOne(ByteBuf in, List<Object> out) throws ProtocolViolation {
        int start = in.readerIndex();
        if (!hasWholeVarint(in)) {
            return;
        }
        long length = Varint.read(in);
        Delimited.requireWithin(length, maxBytes);
        if (in.readableBytes() < length) {
            in.readerIndex(start);
            return;
        }
        out.add(in.readRetainedSlice((int) length));
    }

    /** Whether a length, right or wrong, can be read without running out of bytes. */
    private static boolean hasWholeVarint(ByteBuf in) {
        int end = Math.min(in.readableBytes(), Varint.MAX_BYTES);
        for (int i = 0; i < end; i++) {
            if (in.getByte(in.readerIndex() + i) >= 0) {
                return true;
            }
        }
        return end == Varint.MAX_BYTES;
    }

    private void violate(ChannelHandlerContext ctx, ByteBuf in, ProtocolViolation violation) {
        violated = true;
        in.skipBytes(in.readableBytes());
        ctx.fireExceptionCaught(violation);
    }
}
