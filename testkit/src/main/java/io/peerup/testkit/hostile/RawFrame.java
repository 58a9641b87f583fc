package io.peerup.testkit.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Yamux frames as bytes, right or wrong. */
public final class RawFrame {
    /** Types. */
    public static final int DATA = 0;

    public static final int WINDOW = 1;
    public static final int PING = 2;
    public static final int GO_AWAY = 3;

    /** Flags. */
    public static final int NONE = 0;

    public static final int SYN = 1;
    public static final int ACK = 2;
    public static final int FIN = 4;
    public static final int RST = 8;

    static final int HEADER_BYTES = 12;

    private RawFrame() {}

    /** A header as it came. */
    public record Header(int type, int flags, int stream, int length) {}

    /** The next header on a pipe, payload skipped; nothing is answered. */
    public static Header next(Pipe pipe) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(pipe.read(HEADER_BYTES));
        Header header = new Header(in.get(1), in.getShort(2), in.getInt(4), in.getInt(8));
        if (header.type() == DATA) {
            pipe.read(header.length());
        }
        return header;
    }

    /** Any header. */
    public static byte[] header(int version, int type, int flags, int stream, int length) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) version)
                .put((byte) type)
                .putShort((short) flags)
                .putInt(stream)
                .putInt(length)
                .array();
    }

    /** Data that is as long as it says. */
    public static byte[] data(int flags, int stream, byte... content) {
        return Bytes.join(header(0, DATA, flags, stream, content.length), content);
    }

    /** Credit, or the code of a reset. */
    public static byte[] window(int flags, int stream, int delta) {
        return header(0, WINDOW, flags, stream, delta);
    }

    /** A ping, or with ACK its answer. */
    public static byte[] ping(int flags, int opaque) {
        return header(0, PING, flags, 0, opaque);
    }

    /** The end of the session. */
    public static byte[] goAway(int code) {
        return header(0, GO_AWAY, NONE, 0, code);
    }
}
