package io.peerup.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Pieces of a message. */
public final class Bytes {
    private Bytes() {}

    /** One after the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** UTF-8. */
    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Junk that is the same in every run. */
    public static byte[] junk(int count) {
        byte[] junk = new byte[count];
        new Random(count).nextBytes(junk);
        return junk;
    }

    /** The same bytes, so often. */
    public static byte[] repeat(byte[] piece, int times) {
        byte[] all = new byte[piece.length * times];
        for (int at = 0; at < times; at++) {
            System.arraycopy(piece, 0, all, at * piece.length, piece.length);
        }
        return all;
    }
}
