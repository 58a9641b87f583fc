package io.peerup.interop.soak;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** TCP sessions from the laptop through the relay to the service at home. */
final class Proxied {
    private static final int MOST_BYTES = 1 << 20;
    private static final int PATIENCE_MILLIS = 60_000;

    private Proxied() {}

    static void openedAndClosed(Town town) throws Exception {
        OpenedProxy proxy = town.atLaptop().connect(town.web());
        try {
            session(Town.port(proxy.listenAddress()), true);
        } finally {
            town.atLaptop().disconnect(proxy.id());
        }
    }

    /** As {@code peerup proxy} does, until Ctrl+C. */
    static void attached(Town town) throws Exception {
        Attachment attachment = new Attachment();
        Thread command = Thread.ofPlatform().daemon().start(() -> attachment.run(town));
        try {
            session(
                    Town.port(attachment
                            .opened
                            .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                            .listenAddress()),
                    false);
        } finally {
            command.interrupt();
            command.join();
        }
    }

    static void session(Town town) throws Exception {
        session(town.proxy(), false);
    }

    static void halfClosed(Town town) throws Exception {
        session(town.proxy(), true);
    }

    /** In the middle, with bytes under way in both directions. */
    static void reset(Town town) throws Exception {
        try (Socket socket = connect(town.proxy())) {
            Payload.through(socket, MOST_BYTES, false);
            socket.getOutputStream().write(Payload.random(MOST_BYTES / 8));
            // Unsent data is dropped, and RST sent instead of FIN.
            socket.setSoLinger(true, 0);
        }
    }

    private static void session(InetSocketAddress proxy, boolean halfClose) throws IOException {
        try (Socket socket = connect(proxy)) {
            Payload.through(socket, MOST_BYTES, halfClose);
        }
    }

    private static Socket connect(InetSocketAddress proxy) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(proxy, PATIENCE_MILLIS);
        return socket;
    }

    private static final class Attachment implements ProxyListener {
        private final CompletableFuture<OpenedProxy> opened = new CompletableFuture<>();

        void run(Town town) {
            try {
                town.atLaptop().attach(town.web(), this);
            } catch (ApiProblem refused) {
                opened.completeExceptionally(refused);
            } catch (InterruptedException over) {
                // That is how it ends.
            }
        }

        @Override
        public void opened(OpenedProxy proxy) {
            opened.complete(proxy);
        }

        @Override
        public void event(ProxyEvent event) {}
    }
}
