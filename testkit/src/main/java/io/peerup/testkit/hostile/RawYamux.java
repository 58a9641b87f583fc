package io.peerup.testkit.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * A yamux session that is honest by itself: it answers pings and gives credit back. Write to {@link #pipe} what it would
 * not say. Nothing is read unless somebody waits for something.
 */
public final class RawYamux {
    /** The name under which it is negotiated. */
    public static final String PROTOCOL = "/yamux/1.0.0";

    private final Pipe pipe;
    private final Map<Integer, RawStream> streams = new HashMap<>();
    private final ArrayDeque<RawStream> opened = new ArrayDeque<>();
    private int nextId;
    private boolean silent;

    /** A session whose side gives odd ids if it dialed. */
    public RawYamux(Pipe pipe, boolean initiator) {
        this.pipe = pipe;
        this.nextId = initiator ? 1 : 2;
    }

    /** The other side's farewell. */
    public static final class GoneAway extends IOException {
        private static final long serialVersionUID = 1L;
        private final int code;

        GoneAway(int code) {
            super("go-away with code " + code);
            this.code = code;
        }

        /** Its number. */
        public int code() {
            return code;
        }
    }

    /** What carries the session. */
    public Pipe pipe() {
        return pipe;
    }

    /** From now on nothing is answered, so that the other side's last words are not lost in a reset of the socket. */
    public void beSilent() {
        silent = true;
    }

    /** The next id, without opening a stream. */
    public int takeId() {
        int id = nextId;
        nextId += 2;
        return id;
    }

    /** Opens a stream, without asking for a protocol. */
    public RawStream open() throws IOException {
        int id = takeId();
        pipe.write(RawFrame.window(RawFrame.SYN, id, 0));
        return follow(id);
    }

    /** Opens a stream that speaks this protocol. */
    public RawStream open(String protocol) throws IOException {
        RawStream stream = open();
        Multistream.propose(stream, protocol);
        return stream;
    }

    /** Waits for the next stream that the other side opens. */
    public RawStream accept() throws IOException {
        while (opened.isEmpty()) {
            step();
        }
        return opened.remove();
    }

    /** A stream with this id, however it was opened. */
    public RawStream follow(int id) {
        return streams.computeIfAbsent(id, added -> new RawStream(this, added));
    }

    /** Takes one frame and does what an honest peer does. */
    public void step() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(pipe.read(RawFrame.HEADER_BYTES));
        int type = header.get(1);
        int flags = header.getShort(2);
        int id = header.getInt(4);
        int length = header.getInt(8);
        switch (type) {
            case RawFrame.PING -> {
                if ((flags & RawFrame.SYN) != 0) {
                    reply(RawFrame.ping(RawFrame.ACK, length));
                }
            }
            case RawFrame.GO_AWAY -> throw new GoneAway(length);
            default -> {
                byte[] content = type == RawFrame.DATA ? pipe.read(length) : new byte[0];
                if ((flags & RawFrame.SYN) != 0) {
                    opened.add(follow(id));
                    reply(RawFrame.window(RawFrame.ACK, id, 0));
                }
                RawStream stream = streams.get(id);
                if (stream != null) {
                    stream.take(flags, content, type == RawFrame.WINDOW ? length : 0);
                }
            }
        }
    }

    /** What an honest peer says by itself. */
    void reply(byte[] frame) throws IOException {
        if (!silent) {
            pipe.write(frame);
        }
    }
}
