package io.peerup.testkit.hostile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP connection that counts. */
public final class RawSocket implements Pipe, AutoCloseable {
    private static final int CONNECT_MILLIS = 20_000;
    private static final int READ_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final AtomicLong sent = new AtomicLong();
    private long received;

    /** On a socket that is connected. */
    RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
    }

    /** How the other side ended the connection. */
    public enum End {
        /** With FIN. */
        FINISHED,
        /** With RST. */
        RESET,
        /** Not yet. */
        OPEN
    }

    /** Connects. */
    public static RawSocket to(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, CONNECT_MILLIS);
        return new RawSocket(socket);
    }

    @Override
    public void write(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        sent.addAndGet(bytes.length);
    }

    @Override
    public byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        received += bytes.length;
        if (bytes.length < count) {
            throw new EOFException("ended after " + received + " bytes");
        }
        return bytes;
    }

    /**
     * Writes the same piece until {@code total} bytes are sent, the other side has closed, or it has not taken
     * everything in time; then closes. Nothing is read meanwhile.
     */
    public long flood(byte[] piece, long total, Duration limit) throws InterruptedException {
        long before = sent.get();
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                while (sent.get() - before < total) {
                    write(piece);
                }
            } catch (IOException ended) {
                // That is one of the three ways for it to end.
            }
        });
        writer.join(limit);
        return sent.get() - before;
    }

    /** Reads and drops until the other side ends the connection, at most this long. */
    public End awaitEnd(Duration limit) throws IOException {
        long until = System.nanoTime() + limit.toNanos();
        byte[] block = new byte[64 << 10];
        while (true) {
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (left <= 0) {
                return End.OPEN;
            }
            socket.setSoTimeout((int) left);
            try {
                int bytes = in.read(block);
                if (bytes < 0) {
                    return End.FINISHED;
                }
                received += bytes;
            } catch (SocketTimeoutException late) {
                return End.OPEN;
            } catch (IOException reset) {
                return End.RESET;
            }
        }
    }

    /** Closes it when this time is over, whoever waits for it then. */
    public void endAfter(Duration time) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(time);
                socket.close();
            } catch (IOException | InterruptedException over) {
                // Closed by somebody else.
            }
        });
    }

    /** Ends our direction with FIN. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends both at once with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Bytes that went out. */
    public long sent() {
        return sent.get();
    }

    /** Bytes that came in and were read. */
    public long received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
