package io.peerup.wire;

import java.math.BigInteger;

/** Unsigned big-endian integers of fixed width. */
final class UnsignedInteger {
    private UnsignedInteger() {}

    static BigInteger read(byte[] bytes, int offset, int width) {
        return new BigInteger(1, bytes, offset, width);
    }

    /** Writes {@code value}, which fits, with leading zeros. */
    static void write(BigInteger value, byte[] out, int offset, int width) {
        byte[] signed = value.toByteArray();
        int length = Math.min(signed.length, width);
        if (value.signum() < 0 || value.bitLength() > 8 * width) {
            throw new IllegalArgumentException("does not fit in " + width + " bytes");
        }
        System.arraycopy(signed, signed.length - length, out, offset + width - length, length);
    }

    static byte[] toBytes(BigInteger value, int width) {
        byte[] bytes = new byte[width];
        write(value, bytes, 0, width);
        return bytes;
    }
}
