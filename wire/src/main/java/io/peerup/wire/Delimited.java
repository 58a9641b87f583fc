package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Messages with their length as a varint before them, the framing of nearly every libp2p protocol. */
public final class Delimited {
    private Delimited() {}

    /**
     * The one message that {@code framed} holds.
     *
     * @param maxBytes the longest message accepted
     * @throws ProtocolViolation when the length is malformed or above the bound, or other than what follows
     */
    public static byte[] read(byte[] framed, int maxBytes) throws ProtocolViolation {
        ByteBuf in = Unpooled.wrappedBuffer(framed);
        long length = Varint.read(in);
        requireWithin(length, maxBytes);
        if (length > in.readableBytes()) {
            throw new ProtocolViolation(WireRule.FRAME_TRUNCATED, in.readableBytes() + " of " + length + " bytes");
        }
        if (length < in.readableBytes()) {
            throw new ProtocolViolation(WireRule.FRAME_TRAILING_BYTES, (in.readableBytes() - length) + " bytes");
        }
        byte[] message = new byte[in.readableBytes()];
        in.readBytes(message);
        return message;
    }

    /** The message after its length. */
    public static byte[] write(byte[] message) {
        ByteBuf out = Unpooled.wrappedBuffer(new byte[Varint.size(message.length) + message.length])
                .clear();
        Varint.write(out, message.length);
        out.writeBytes(message);
        return out.array();
    }

    /**
     * Checks a length that a peer announced.
     *
     * @throws ProtocolViolation when it exceeds {@code maxBytes}
     */
    public static void requireWithin(long length, int maxBytes) throws ProtocolViolation {
        if (length > maxBytes) {
            throw new ProtocolViolation(WireRule.FRAME_TOO_LONG, length + " of at most " + maxBytes + " bytes");
        }
    }
}
