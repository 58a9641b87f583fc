package io.peerup.circuitrelay.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a circuit: what its stream delivers goes to the stream at the other end. Owns the budget of that
 * direction; every field belongs to the loop of its own stream. What is read in one go crosses to the other loop in
 * one task, and reading pauses while the other end has not taken what it was given.
 *
 * <p>Until it is {@link #join}ed it holds what comes, and reads no more than has been read already.
 */
final class SpliceEnd extends ChannelInboundHandlerAdapter {
    private final MuxedStream stream;
    private final int bufferBytes;
    private List<ByteBuf> batch = new ArrayList<>();
    private long batchBytes;
    private long untakenBytes;
    private long remainingBytes = Long.MAX_VALUE;
    private boolean inputEnded;
    private boolean outputFinished;
    private @Nullable MuxedStream other;
    private Runnable budgetSpent = () -> {};

    private SpliceEnd(MuxedStream stream, int bufferBytes) {
        this.stream = stream;
        this.bufferBytes = bufferBytes;
    }

    /**
     * Puts an end on a stream and pauses it; on its loop.
     *
     * @param bufferBytes read and not yet taken by the other end; reading pauses above
     */
    static SpliceEnd hold(MuxedStream stream, int bufferBytes) {
        SpliceEnd end = new SpliceEnd(stream, bufferBytes);
        stream.channel().config().setAutoRead(false);
        stream.channel().pipeline().addLast(end);
        return end;
    }

    MuxedStream stream() {
        return stream;
    }

    /**
     * Begins to forward; on the loop of this stream.
     *
     * @param to where the bytes go
     * @param maxBytes after which FIN goes to {@code to} and the rest is dropped
     * @param spent called once, on this loop, when that has happened
     */
    void join(MuxedStream to, long maxBytes, Runnable spent) {
        List<ByteBuf> early = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        untakenBytes = 0;
        other = to;
        remainingBytes = maxBytes;
        budgetSpent = spent;
        early.forEach(this::take);
        stream.channel().config().setAutoRead(untakenBytes < bufferBytes);
        forward(to);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        take((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (other != null) {
            forward(other);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            channelReadComplete(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        stream.reset(ErrorCode.NONE.streamCode());
    }

    /** What exceeds the budget is cut off, to the byte. */
    private void take(ByteBuf bytes) {
        int taken = (int) Math.min(bytes.readableBytes(), remainingBytes);
        if (taken == 0) {
            bytes.release();
            return;
        }
        bytes.writerIndex(bytes.readerIndex() + taken);
        batch.add(bytes);
        batchBytes += taken;
        untakenBytes += taken;
        if (other != null) {
            remainingBytes -= taken;
        }
        if (untakenBytes >= bufferBytes) {
            stream.channel().config().setAutoRead(false);
        }
    }

    private void forward(MuxedStream to) {
        if (!batch.isEmpty()) {
            List<ByteBuf> pieces = batch;
            long bytes = batchBytes;
            batch = new ArrayList<>();
            batchBytes = 0;
            if (!Loops.run(to, () -> write(to, pieces, bytes))) {
                pieces.forEach(ByteBuf::release);
            }
        }
        boolean spent = remainingBytes == 0;
        if ((inputEnded || spent) && !outputFinished) {
            outputFinished = true;
            Loops.run(to, to::finish);
            if (spent) {
                stream.stopReading(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode());
                budgetSpent.run();
            }
        }
    }

    /** On the other loop. The last write of a batch is taken last, so it speaks for all. */
    private void write(MuxedStream to, List<ByteBuf> pieces, long bytes) {
        Channel channel = to.channel();
        ByteBuf last = pieces.removeLast();
        pieces.forEach(channel::write);
        channel.writeAndFlush(last).addListener(done -> Loops.run(stream, () -> taken(bytes)));
    }

    private void taken(long bytes) {
        untakenBytes -= bytes;
        if (untakenBytes <= bufferBytes / 2) {
            stream.channel().config().setAutoRead(true);
        }
    }

    private void release() {
        batch.forEach(ByteBuf::release);
        batch.clear();
        batchBytes = 0;
    }
}
