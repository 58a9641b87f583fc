package io.peerup.node.api.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a body, out of chunks where there are chunks. Fails where the sender went away too early. */
final class HttpBody extends FilterInputStream {
    private static final int HEX = 16;
    private static final int MAX_SIZE_LINE = 128;

    private final boolean chunked;
    private long left;

    /**
     * A body that begins here.
     *
     * @param length its bytes; ignored where it comes in chunks
     */
    HttpBody(InputStream in, boolean chunked, long length) {
        super(in);
        this.chunked = chunked;
        this.left = chunked ? 0 : length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && chunked) {
            nextChunk();
        }
        if (left <= 0) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("it broke off");
        }
        left -= count;
        if (left == 0 && chunked) {
            HttpHead.line(in, MAX_SIZE_LINE);
        }
        return count;
    }

    private void nextChunk() throws IOException {
        String size = HttpHead.line(in, MAX_SIZE_LINE).split(";", 2)[0].trim();
        try {
            left = Integer.parseInt(size, HEX);
        } catch (NumberFormatException garbage) {
            throw new IOException("its answer is no HTTP", garbage);
        }
        if (left <= 0) {
            left = -1;
        }
    }
}
