package io.peerup.interop.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The TCP service behind a daemon; a row takes each connection and does with it what it wants. */
final class Service implements AutoCloseable {
    /** The protocol that leads to it. */
    static final String PROTOCOL = "/peerup/web/1.0.0";

    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();

    private Service(ServerSocket server) {
        this.server = server;
        Thread.ofPlatform().daemon().name("service").start(this::accept);
    }

    static Service start() throws IOException {
        return new Service(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    /** The end of a daemon's configuration that exposes it. */
    String configuration() {
        return "services:\n  web:\n    enabled: true\n    local_address: \"127.0.0.1:%d\"\n"
                .formatted(server.getLocalPort());
    }

    /** Where it is. */
    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** The next connection of the daemon. */
    Socket next() throws InterruptedException, IOException {
        Socket next = connections.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("the daemon did not connect to its service");
        }
        next.setSoTimeout(10_000);
        return next;
    }

    /** Ends all that nobody took. */
    void clear() throws IOException {
        for (Socket left = connections.poll(); left != null; left = connections.poll()) {
            left.close();
        }
    }

    /** Sends everything back until the end, then ends. */
    static void echo(Socket socket) {
        Thread.ofVirtual().start(() -> {
            try (socket) {
                InputStream in = socket.getInputStream();
                in.transferTo(socket.getOutputStream());
                socket.shutdownOutput();
            } catch (IOException ended) {
                // As the row wants it.
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        clear();
    }

    private void accept() {
        try {
            while (true) {
                connections.add(server.accept());
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }
}
