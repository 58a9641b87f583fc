package io.peerup.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalInt;

/** A stream of {@link RawYamux}. */
public final class RawStream implements Pipe {
    private static final int INITIAL_WINDOW = 256 << 10;
    private static final int PIECE = 16 << 10;

    private final RawYamux session;
    private final int id;
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
    private int unreadBytes;
    private long credit = INITIAL_WINDOW;
    private boolean finished;
    private OptionalInt reset = OptionalInt.empty();

    RawStream(RawYamux session, int id) {
        this.session = session;
        this.id = id;
    }

    /** The other side reset it. */
    public static final class WasReset extends IOException {
        private static final long serialVersionUID = 1L;
        private final int code;

        WasReset(int code) {
            super("reset with code 0x" + Integer.toHexString(code));
            this.code = code;
        }

        /** Its number. */
        public int code() {
            return code;
        }
    }

    /** Its number. */
    public int id() {
        return id;
    }

    @Override
    public void write(byte... bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (left.hasRemaining()) {
            while (credit == 0) {
                session.pipe().write(out.toByteArray());
                out.reset();
                failIfReset();
                session.step();
            }
            byte[] piece = new byte[(int) Math.min(Math.min(credit, PIECE), left.remaining())];
            left.get(piece);
            credit -= piece.length;
            out.writeBytes(RawFrame.data(RawFrame.NONE, id, piece));
        }
        session.pipe().write(out.toByteArray());
    }

    @Override
    public byte[] read(int count) throws IOException {
        while (unreadBytes < count) {
            failIfReset();
            if (finished) {
                throw new EOFException("finished with " + unreadBytes + " bytes unread");
            }
            session.step();
        }
        return take(count);
    }

    /** Everything up to the end of the other side's direction. */
    public byte[] readAll() throws IOException {
        while (!finished) {
            failIfReset();
            session.step();
        }
        return take(unreadBytes);
    }

    /** Waits until the other side resets it, whatever else it says, and returns the code. */
    public int awaitReset() throws IOException {
        while (reset.isEmpty()) {
            take(unreadBytes);
            session.step();
        }
        return reset.getAsInt();
    }

    /** Ends our direction. */
    public void finish() throws IOException {
        session.pipe().write(RawFrame.window(RawFrame.FIN, id, 0));
    }

    /** Ends both. */
    public void reset() throws IOException {
        session.pipe().write(RawFrame.window(RawFrame.RST, id, 0));
    }

    void take(int flags, byte[] content, int delta) throws IOException {
        if ((flags & RawFrame.RST) != 0) {
            reset = OptionalInt.of(delta);
            return;
        }
        credit += Integer.toUnsignedLong(delta);
        if (content.length > 0) {
            unread.add(content);
            unreadBytes += content.length;
            session.reply(RawFrame.window(RawFrame.NONE, id, content.length));
        }
        finished |= (flags & RawFrame.FIN) != 0;
    }

    private void failIfReset() throws WasReset {
        if (reset.isPresent() && unreadBytes == 0) {
            throw new WasReset(reset.getAsInt());
        }
    }

    private byte[] take(int count) {
        ByteBuffer taken = ByteBuffer.allocate(count);
        while (taken.hasRemaining()) {
            byte[] first = unread.remove();
            int part = Math.min(first.length, taken.remaining());
            taken.put(first, 0, part);
            if (part < first.length) {
                unread.addFirst(Arrays.copyOfRange(first, part, first.length));
            }
        }
        unreadBytes -= count;
        return taken.array();
    }
}
