package io.peerup.interop.hostile;

import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawListener;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawSocket;
import io.peerup.testkit.hostile.RawStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A peer without guards: it checks no signature, no window and no count, and its proxy knows nothing of half a
 * connection. Rows must fail on it.
 */
final class Pushover implements AutoCloseable {
    private final RawListener listener = new RawListener(RawIdentity.generate());
    private final Service behind;

    Pushover(Service behind) throws IOException {
        this.behind = behind;
        Thread.ofPlatform().daemon().name("pushover").start(this::listen);
    }

    Target target() {
        return Target.here(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void listen() {
        try {
            while (true) {
                RawSocket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }

    private void serve(RawSocket socket) {
        try (RawPeer peer = listener.answer(socket)) {
            while (true) {
                RawStream stream = peer.muxer().accept();
                switch (Multistream.answer(stream)) {
                    case RawPeer.PING -> stream.write(stream.read(32));
                    case Service.PROTOCOL -> bridge(stream);
                    default -> {
                        stream.readAll();
                        stream.finish();
                    }
                }
            }
        } catch (IOException | RuntimeException over) {
            // The attacker is gone.
        }
    }

    private void bridge(RawStream stream) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(behind.address());
            socket.getOutputStream().write(stream.readAll());
        }
        stream.finish();
    }
}
