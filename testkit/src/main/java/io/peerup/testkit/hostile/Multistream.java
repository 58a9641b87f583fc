package io.peerup.testkit.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Multistream-select, line by line. */
public final class Multistream {
    /** The first line of both sides. */
    public static final String HEADER = "/multistream/1.0.0";

    private static final int MAX_LINE_BYTES = 64 << 10;

    private Multistream() {}

    /** A line with its length before it. */
    public static byte[] line(String text) {
        return Proto.delimited(Bytes.text(text + "\n"));
    }

    /** The next line. */
    public static String read(Pipe pipe) throws IOException {
        long length = Varint.read(pipe);
        if (length < 1 || length > MAX_LINE_BYTES) {
            throw new IOException("a line of " + length + " bytes");
        }
        return new String(pipe.read((int) length), StandardCharsets.UTF_8).stripTrailing();
    }

    /** Proposes one protocol, and fails unless it is agreed on. */
    public static void propose(Pipe pipe, String protocol) throws IOException {
        pipe.write(Bytes.join(line(HEADER), line(protocol)));
        expect(pipe, HEADER);
        expect(pipe, protocol);
    }

    /** Answers the other side's proposals until it proposes this one. */
    public static void answer(Pipe pipe, String protocol) throws IOException {
        pipe.write(line(HEADER));
        expect(pipe, HEADER);
        for (String proposed = read(pipe); !proposed.equals(protocol); proposed = read(pipe)) {
            pipe.write(line("na"));
        }
        pipe.write(line(protocol));
    }

    /** Agrees to whatever is proposed first, and returns it. */
    public static String answer(Pipe pipe) throws IOException {
        pipe.write(line(HEADER));
        expect(pipe, HEADER);
        String proposed = read(pipe);
        pipe.write(line(proposed));
        return proposed;
    }

    private static void expect(Pipe pipe, String wanted) throws IOException {
        String line = read(pipe);
        if (!line.equals(wanted)) {
            throw new IOException("instead of " + wanted + ": " + line);
        }
    }
}
