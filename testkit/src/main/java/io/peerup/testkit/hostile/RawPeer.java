package io.peerup.testkit.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * A whole connection to a peer, as far as it was brought: each of its layers can be written to.
 *
 * @param socket the bytes on the wire
 * @param secure inside the encryption
 * @param muxer the streams
 */
public record RawPeer(RawSocket socket, SecurePipe secure, RawYamux muxer) implements AutoCloseable {
    /** The protocol of {@link #ping}. */
    public static final String PING = "/ipfs/ping/1.0.0";

    private static final int PING_BYTES = 32;

    /** Dials, and goes all the way as an honest peer. */
    public static RawPeer dial(InetSocketAddress address, RawIdentity me) throws IOException {
        RawSocket socket = RawSocket.to(address);
        try {
            Multistream.propose(socket, SecurePipe.PROTOCOL);
            SecurePipe secure = SecurePipe.initiate(socket, me);
            Multistream.propose(secure, RawYamux.PROTOCOL);
            return new RawPeer(socket, secure, new RawYamux(secure, true));
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /** The other side of the same, on a connection that came in. */
    static RawPeer answer(RawSocket socket, RawIdentity me) throws IOException {
        Multistream.answer(socket, SecurePipe.PROTOCOL);
        SecurePipe secure = SecurePipe.respond(socket, me);
        Multistream.answer(secure, RawYamux.PROTOCOL);
        return new RawPeer(socket, secure, new RawYamux(secure, false));
    }

    /** One ping on a stream of its own, and how long it took. */
    public Duration ping() throws IOException {
        long begun = System.nanoTime();
        RawStream stream = muxer.open(PING);
        byte[] content = Bytes.junk(PING_BYTES);
        stream.write(content);
        if (!Arrays.equals(stream.read(PING_BYTES), content)) {
            throw new IOException("something else came back");
        }
        stream.finish();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
