package io.peerup.node.api;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Bytes to a socket and back, whatever they are. */
public final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final StringBuilder received = new StringBuilder();

    private RawClient(SocketChannel channel) {
        this.channel = channel;
    }

    public static RawClient to(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new RawClient(channel);
    }

    public void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Sends the text so many times, or until the server has had enough: then false. */
    public boolean flood(int times, String text) {
        try {
            for (int i = 0; i < times; i++) {
                send(text);
            }
            return true;
        } catch (IOException cutOff) {
            return false;
        }
    }

    /** All that comes until the server closes, however it does that. */
    public String readAll() {
        while (readMore()) {
            // goes on
        }
        return received.toString();
    }

    /** Reads until this text has come; what came so far. */
    public String readUntil(String text) {
        while (received.indexOf(text) < 0) {
            if (!readMore()) {
                throw new AssertionError("closed after: " + received);
            }
        }
        return received.toString();
    }

    /** Whether there was more. */
    private boolean readMore() {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        try {
            if (channel.read(bytes) < 0) {
                return false;
            }
        } catch (IOException reset) {
            return false;
        }
        received.append(StandardCharsets.UTF_8.decode(bytes.flip()));
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
