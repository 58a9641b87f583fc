package io.peerup.node.api.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection to a unix socket whose waits end: after some patience, and when the thread is interrupted. The JDK's own
 * blocking mode offers no time-out for these sockets.
 */
final class UnixConnection implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration patience;

    private UnixConnection(SocketChannel channel, Selector selector, SelectionKey key, Duration patience) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        this.patience = patience;
    }

    /**
     * Connects.
     *
     * @param patience for each wait; zero for ever
     */
    static UnixConnection open(Path socket, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            return new UnixConnection(channel, selector, channel.register(selector, 0), patience);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException {
        while (channel.write(bytes) >= 0 && bytes.hasRemaining()) {
            await(SelectionKey.OP_WRITE);
        }
    }

    /** What the other side sends. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
                int count = channel.read(target);
                while (count == 0 && target.hasRemaining()) {
                    await(SelectionKey.OP_READ);
                    count = channel.read(target);
                }
                return count;
            }
        };
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        int ready = selector.select(patience.toMillis());
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (ready == 0) {
            throw new IOException("no answer within " + patience.toSeconds() + " s");
        }
    }
}
