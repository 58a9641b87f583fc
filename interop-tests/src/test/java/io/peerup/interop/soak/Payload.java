package io.peerup.interop.soak;

import io.peerup.interop.StreamIo;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;

/** Random bytes that must come back as they went. */
final class Payload {
    /** Less than a window, so that all of it can be written before any of it is read. */
    static final int SMALL_BYTES = 32 << 10;

    private Payload() {}

    static byte[] random(int most) {
        byte[] bytes = new byte[ThreadLocalRandom.current().nextInt(1, most + 1)];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    /** Through a stream: all of it, our end, all of it back, the peer's end. */
    static void throughHalfClosed(StreamIo io) throws IOException {
        byte[] sent = random(SMALL_BYTES);
        io.write(sent);
        io.finish();
        requireSame(sent, io.readFully(sent.length));
        if (io.read(new byte[1]) >= 0) {
            throw new AssertionError("more came back than was sent");
        }
    }

    /** Through a stream: there and back, and no end yet. */
    static void through(StreamIo io) throws IOException {
        byte[] sent = random(SMALL_BYTES);
        io.write(sent);
        requireSame(sent, io.readFully(sent.length));
    }

    /** Through a socket, written and read at once; half-closed or left open. */
    static void through(Socket socket, int most, boolean halfClose) throws IOException {
        byte[] sent = random(most);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> write(socket, sent, halfClose), Thread::startVirtualThread);
        byte[] back = socket.getInputStream().readNBytes(sent.length);
        if (back.length < sent.length) {
            throw new EOFException("ended after " + back.length + " of " + sent.length + " bytes");
        }
        requireSame(sent, back);
        if (halfClose && socket.getInputStream().read() >= 0) {
            throw new AssertionError("more came back than was sent");
        }
        writing.join();
    }

    private static void write(Socket socket, byte[] bytes, boolean halfClose) {
        try {
            socket.getOutputStream().write(bytes);
            if (halfClose) {
                socket.shutdownOutput();
            }
        } catch (IOException broken) {
            throw new CompletionException(broken);
        }
    }

    private static void requireSame(byte[] sent, byte[] back) {
        if (!Arrays.equals(sent, back)) {
            throw new AssertionError("other bytes came back than were sent");
        }
    }
}
