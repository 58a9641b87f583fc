package io.peerup.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream for code that blocks: reads ask for one piece at a time, so back-pressure is the peer's to feel. */
public final class StreamIo extends ChannelInboundHandlerAdapter {
    private static final byte[] END = {};
    private static final long PATIENCE_SECONDS = 60;

    private final MuxedStream stream;
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private ByteBuffer current = ByteBuffer.wrap(END);
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

    public MuxedStream stream() {
        return stream;
    }

    public void write(byte[] data, int length) throws IOException {
        ChannelFuture written = stream.channel()
                .writeAndFlush(Unpooled.copiedBuffer(data, 0, length))
                .awaitUninterruptibly();
        if (!written.isSuccess()) {
            throw new IOException("write: " + OneLine.of(written.cause()), written.cause());
        }
    }

    public void write(byte[] data) throws IOException {
        write(data, data.length);
    }

    public void finish() {
        stream.finish();
    }

    /** Reads up to {@code into.length} bytes; -1 at the end of the peer's data. */
    public int read(byte[] into) throws IOException {
        if (!current.hasRemaining() && !ended) {
            byte[] next = next();
            ended = next.length == 0;
            current = ByteBuffer.wrap(next);
        }
        if (ended) {
            return -1;
        }
        int bytes = Math.min(into.length, current.remaining());
        current.get(into, 0, bytes);
        return bytes;
    }

    public byte[] readFully(int count) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(count);
        while (all.hasRemaining()) {
            byte[] piece = new byte[Math.min(64 << 10, all.remaining())];
            int bytes = read(piece);
            if (bytes < 0) {
                throw new EOFException("ended after " + all.position() + " of " + count + " bytes");
            }
            all.put(piece, 0, bytes);
        }
        return all.array();
    }

    /** Waits until the stream is over and says why. */
    public CloseReason closed() throws Exception {
        return stream.closed().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Copies, so that nothing is left to release when a test does not read to the end. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.isReadable()) {
            received.add(ByteBufUtil.getBytes(bytes));
        }
        bytes.release();
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

    private byte[] next() throws IOException {
        if (received.isEmpty()) {
            stream.channel().read();
        }
        try {
            byte[] piece = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("nothing came for " + PATIENCE_SECONDS + " s");
            }
            return piece;
        } catch (InterruptedException stopped) {
            throw new IOException("interrupted", stopped);
        }
    }
}
