package io.peerup.node.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;

/**
 * One side of a bridge, whose far end is the test: it offers bytes, which are read when the bridge reads, and takes what is
 * written to it when the test likes.
 */
final class FakeSide extends ChannelDuplexHandler {
    static final int HIGH_WATER_MARK = 1000;

    final EmbeddedChannel channel;
    private final ArrayDeque<byte[]> offered = new ArrayDeque<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private boolean takes = true;
    private boolean readWanted;
    private boolean delivering;
    private boolean endOffered;
    private boolean endDelivered;
    private Runnable afterFlush = () -> {};

    /** A side that reads from the beginning, as a stream does, or when it is told to, as a local socket does. */
    FakeSide(boolean reads) {
        channel = new EmbeddedChannel(this);
        channel.config().setAutoRead(reads);
        readWanted = reads;
        channel.freezeTime();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH_WATER_MARK / 2, HIGH_WATER_MARK));
    }

    // ── what the far end does ──

    void offer(byte[] bytes) {
        offered.add(bytes);
        deliver();
    }

    void offerEnd() {
        endOffered = true;
        deliver();
    }

    void takeNothing() {
        takes = false;
    }

    void takeAll() {
        takes = true;
        channel.flush();
        run();
    }

    void run() {
        channel.runPendingTasks();
    }

    // ── what it sees ──

    byte[] taken() {
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            byte[] bytes = new byte[next.readableBytes()];
            next.readBytes(bytes);
            next.release();
            taken.writeBytes(bytes);
        }
        return taken.toByteArray();
    }

    /** Offered and not read yet. */
    int unread() {
        return offered.stream().mapToInt(bytes -> bytes.length).sum();
    }

    /** Written and not taken yet. */
    long untaken() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    boolean endRead() {
        return endDelivered;
    }

    // ── the channel ──

    /** Runs once, when all that was written before has been taken. */
    void whenTaken(Runnable action) {
        afterFlush = action;
        channel.flush();
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (takes) {
            ctx.flush();
            if (untaken() == 0) {
                Runnable action = afterFlush;
                afterFlush = () -> {};
                action.run();
            }
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        readWanted = true;
        deliver();
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (readWanted && !offered.isEmpty() && channel.isOpen()) {
            readWanted = false;
            do {
                channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(offered.remove()));
            } while (channel.config().isAutoRead() && channel.isOpen() && !offered.isEmpty());
            channel.pipeline().fireChannelReadComplete();
        }
        if (readWanted && endOffered && !endDelivered && offered.isEmpty() && channel.isOpen()) {
            endDelivered = true;
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        delivering = false;
    }
}
