package io.peerup.interop.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP service that sends everything back, and ends when its client has. */
final class EchoService implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket server;

    private EchoService(ServerSocket server) {
        this.server = server;
        Thread.ofPlatform().daemon().name("echo").start(this::accept);
    }

    static EchoService start() throws IOException {
        return new EchoService(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> echo(client));
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
        } catch (IOException reset) {
            // As some clients do.
        }
    }
}
