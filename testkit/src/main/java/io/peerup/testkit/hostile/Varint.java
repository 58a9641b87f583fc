package io.peerup.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Unsigned varints, minimal and not. */
public final class Varint {
    private static final int MAX_BYTES = 10;

    private Varint() {}

    /** The shortest form of a number, taken as unsigned. */
    public static byte[] of(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value;
        for (; (left & ~0x7FL) != 0; left >>>= 7) {
            out.write((int) ((left & 0x7f) | 0x80));
        }
        out.write((int) left);
        return out.toByteArray();
    }

    /** The same number in so many bytes: longer than it needs. */
    public static byte[] padded(long value, int bytes) {
        byte[] padded = new byte[bytes];
        for (int at = 0; at < bytes; at++) {
            padded[at] = (byte) (((value >>> (7 * at)) & 0x7f) | (at < bytes - 1 ? 0x80 : 0));
        }
        return padded;
    }

    /**
     * Lengths that nobody may believe.
     *
     * @param most that is allowed; more comes, up to what a long can hold
     * @param honest one that would do, and comes in more bytes than it needs
     */
    public static List<byte[]> badLengths(int most, int honest) {
        return List.of(
                of(most + 1L),
                of(Integer.MAX_VALUE),
                of(Long.MAX_VALUE),
                of(-1),
                padded(honest, MAX_BYTES),
                padded(honest, 2));
    }

    /** Reads one from a pipe. */
    static long read(Pipe pipe) throws IOException {
        long value = 0;
        for (int at = 0; at < MAX_BYTES; at++) {
            byte next = pipe.read(1)[0];
            value |= (next & 0x7fL) << (7 * at);
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a varint of more than " + MAX_BYTES + " bytes");
    }
}
