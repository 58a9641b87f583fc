package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Unsigned varints as multiformats restricts them: at most nine bytes (63 bits) and no redundant last byte.
 *
 * <p>Spec: multiformats/unsigned-varint. Protobuf's own varints are laxer and are read by {@link ProtoReader}.
 */
public final class Varint {
    /** The longest encoding. */
    public static final int MAX_BYTES = 9;

    private Varint() {}

    /**
     * Reads one varint and moves the reader index past it. After a violation the index is undefined.
     *
     * @return the value, 0 to 2^63 - 1
     * @throws ProtocolViolation when it is truncated, over-long or not minimal
     */
    public static long read(ByteBuf in) throws ProtocolViolation {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            if (!in.isReadable()) {
                throw new ProtocolViolation(WireRule.VARINT_TRUNCATED, "after " + i + " bytes");
            }
            byte b = in.readByte();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                if (b == 0 && i > 0) {
                    throw new ProtocolViolation(WireRule.VARINT_NOT_MINIMAL, value + " in " + (i + 1) + " bytes");
                }
                return value;
            }
        }
        throw new ProtocolViolation(WireRule.VARINT_TOO_LONG, "more than " + MAX_BYTES + " bytes");
    }

    /**
     * The varint that starts at {@code offset}; it occupies {@link #size} of the result.
     *
     * @throws ProtocolViolation when it is truncated, over-long or not minimal
     */
    public static long read(byte[] bytes, int offset) throws ProtocolViolation {
        return read(Unpooled.wrappedBuffer(bytes, offset, bytes.length - offset));
    }

    /** Appends {@code value}, which must not be negative. */
    public static void write(ByteBuf out, long value) {
        requireUnsigned(value);
        long rest = value;
        while (rest > 0x7f) {
            out.writeByte(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** The encoding of {@code value}, which must not be negative. */
    public static byte[] encode(long value) {
        byte[] bytes = new byte[size(value)];
        write(Unpooled.wrappedBuffer(bytes).clear(), value);
        return bytes;
    }

    /** How many bytes {@code value}, which must not be negative, takes: 1 to 9. */
    public static int size(long value) {
        requireUnsigned(value);
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }

    private static void requireUnsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is not negative: " + value);
        }
    }
}
