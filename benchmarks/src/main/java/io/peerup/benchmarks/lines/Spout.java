package io.peerup.benchmarks.lines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP service that sends so many bytes to whoever connects, and the client that counts them. */
final class Spout implements AutoCloseable {
    private static final int BLOCK_BYTES = 1 << 16;

    private final ServerSocket listener;
    private final long bytes;

    private Spout(ServerSocket listener, long bytes) {
        this.listener = listener;
        this.bytes = bytes;
    }

    static Spout open(long bytes) throws IOException {
        Spout spout = new Spout(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), bytes);
        Thread.ofPlatform().daemon().name("spout").start(spout::serve);
        return spout;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Fetches everything through this port of loopback; Gbit/s from connecting to the end. */
    double drink(int throughPort) throws IOException {
        long began = System.nanoTime();
        long count = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), throughPort);
                InputStream in = socket.getInputStream()) {
            byte[] block = new byte[BLOCK_BYTES];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                count += read;
            }
        }
        if (count != bytes) {
            throw new IOException(count + " of " + bytes + " bytes came");
        }
        return bytes * 8.0 / (System.nanoTime() - began);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        byte[] block = new byte[BLOCK_BYTES];
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept();
                    OutputStream out = socket.getOutputStream()) {
                for (long left = bytes; left > 0; left -= block.length) {
                    out.write(block, 0, (int) Math.min(left, block.length));
                }
            } catch (IOException gone) {
                // Whoever drank less knows.
            }
        }
    }
}
