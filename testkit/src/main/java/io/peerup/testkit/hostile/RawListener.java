package io.peerup.testkit.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** Waits on loopback for somebody to dial: for attacks on the side that dials. */
public final class RawListener implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final RawIdentity identity;
    private final ServerSocket server;

    /** Listens on a port that the system chooses. */
    public RawListener(RawIdentity identity) throws IOException {
        this.identity = identity;
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** Where, with {@code /p2p}. */
    public String address() {
        return "/ip4/127.0.0.1/tcp/" + port() + "/p2p/" + identity.name();
    }

    /** The port alone. */
    public int port() {
        return server.getLocalPort();
    }

    /** The next connection, without a byte said. */
    public RawSocket accept() throws IOException {
        server.setSoTimeout(PATIENCE_MILLIS);
        return new RawSocket(server.accept());
    }

    /** The next connection that begins after this call: what waits may long be given up. */
    public RawSocket acceptNew() throws IOException {
        closeWhatWaits();
        return accept();
    }

    /** A connection brought all the way as an honest peer. */
    public RawPeer answer(RawSocket socket) throws IOException {
        return RawPeer.answer(socket, identity);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void closeWhatWaits() throws IOException {
        server.setSoTimeout(1);
        try {
            while (true) {
                server.accept().close();
            }
        } catch (SocketTimeoutException none) {
            // Then the next one is new.
        }
    }
}
