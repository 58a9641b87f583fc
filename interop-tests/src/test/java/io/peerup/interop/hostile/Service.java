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
    /** The protocol that leads to the one that is started without a name. */
    static final String PROTOCOL = "/peerup/web/1.0.0";

    private static final String USUAL = "web";
    private static final int BACKLOG = 1024;

    private final String name;
    private final ServerSocket server;
    private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();

    private Service(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
        Thread.ofPlatform().daemon().name("service").start(this::accept);
    }

    static Service start() throws IOException {
        return start(USUAL);
    }

    /** One that the daemon calls so. */
    static Service start(String name) throws IOException {
        return new Service(name, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    /** The end of a daemon's configuration that exposes it. */
    String configuration() {
        return "services:\n" + entry();
    }

    /** What the configuration has of it among the services. */
    String entry() {
        return entry(name, server.getLocalPort());
    }

    /** The same of any service on this machine. */
    static String entry(String name, int port) {
        return "  %s:\n    enabled: true\n    local_address: \"127.0.0.1:%d\"\n".formatted(name, port);
    }

    /** The protocol that leads to it. */
    String protocol() {
        return "/peerup/%s/1.0.0".formatted(name);
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
