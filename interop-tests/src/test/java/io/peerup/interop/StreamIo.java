package io.peerup.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.MuxedStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream for code that blocks: reads ask for one piece at a time, so back-pressure is the peer's to feel. */
final class StreamIo extends ChannelInboundHandlerAdapter {
    private static final ByteBuf END = Unpooled.EMPTY_BUFFER;
    private static final long PATIENCE_SECONDS = 60;

    private final MuxedStream stream;
    private final BlockingQueue<ByteBuf> received = new LinkedBlockingQueue<>();
    private @Nullable ByteBuf current;
    private boolean ended;

    private StreamIo(MuxedStream stream) {
        this.stream = stream;
    }

    /** Takes the stream over; on its event loop. */
    static StreamIo on(MuxedStream stream) {
        StreamIo io = new StreamIo(stream);
        stream.channel().config().setAutoRead(false);
        stream.channel().pipeline().addLast(io);
        return io;
    }

    MuxedStream stream() {
        return stream;
    }

    void write(byte[] data, int length) throws IOException {
        stream.channel().writeAndFlush(Unpooled.copiedBuffer(data, 0, length)).awaitUninterruptibly();
    }

    void write(byte[] data) throws IOException {
        write(data, data.length);
    }

    void finish() {
        stream.finish();
    }

    /** Reads up to {@code into.length} bytes; -1 at the end of the peer's data. */
    int read(byte[] into) throws IOException {
        while (current == null || !current.isReadable()) {
            if (current != null) {
                current.release();
                current = null;
            }
            if (ended) {
                return -1;
            }
            current = next();
            if (current == null) {
                ended = true;
                return -1;
            }
        }
        int bytes = Math.min(into.length, current.readableBytes());
        current.readBytes(into, 0, bytes);
        return bytes;
    }

    byte[] readFully(int count) throws IOException {
        ByteBuf all = Unpooled.buffer(count);
        while (all.readableBytes() < count) {
            byte[] piece = new byte[Math.min(64 << 10, count - all.readableBytes())];
            int bytes = read(piece);
            if (bytes < 0) {
                throw new EOFException("ended after " + all.readableBytes() + " of " + count + " bytes");
            }
            all.writeBytes(piece, 0, bytes);
        }
        byte[] whole = new byte[count];
        all.readBytes(whole);
        return whole;
    }

    /** Waits until the stream is over and says why. */
    CloseReason closed() throws Exception {
        return stream.closed().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        received.add((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            received.add(END);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        received.add(END);
    }

    private @Nullable ByteBuf next() throws IOException {
        if (received.isEmpty()) {
            stream.channel().read();
        }
        try {
            ByteBuf piece = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("nothing came for " + PATIENCE_SECONDS + " s");
            }
            return piece.isReadable() ? piece : null;
        } catch (InterruptedException stopped) {
            throw new IOException("interrupted", stopped);
        }
    }
}
