package io.peerup.circuitrelay.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A stream without a connection, under frozen time: the test is the peer, and takes written bytes when it likes. */
final class FakeStream extends ChannelDuplexHandler implements MuxedStream {
    final EmbeddedChannel channel;
    final List<Long> stoppedReading = new ArrayList<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ArrayDeque<Write> untaken = new ArrayDeque<>();
    private boolean takes = true;
    private boolean peerFinished;
    private boolean weFinished;

    private record Write(ByteBuf bytes, ChannelPromise promise) {}

    FakeStream() {
        channel = new EmbeddedChannel(this);
        channel.freezeTime();
    }

    // ── what the peer does ──

    void receive(byte[] bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }

    void peerFinishes() {
        peerFinished = true;
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        closeIfComplete();
    }

    void end(CloseReason why) {
        if (!closed.isDone()) {
            untaken.forEach(write -> write.bytes.release());
            untaken.clear();
            // As a muxer does: past the handlers above, which hear of it.
            channel.pipeline().context(this).close();
            closed.complete(why);
        }
    }

    /** From now on written bytes stay queued. */
    void takeNothing() {
        takes = false;
    }

    /** Takes what is queued, and from now on everything at once. */
    void takeAll() {
        takes = true;
        for (Write write = untaken.poll(); write != null; write = untaken.poll()) {
            take(write);
        }
        channel.runPendingTasks();
    }

    void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
        channel.runScheduledPendingTasks();
    }

    // ── what the test sees ──

    /** What was written and taken since the last call. */
    byte[] sent() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    boolean finished() {
        return weFinished;
    }

    boolean reads() {
        return channel.config().isAutoRead();
    }

    // ── the stream ──

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Direction direction() {
        return Direction.INBOUND;
    }

    @Override
    public ChannelFuture finish() {
        channel.flush();
        weFinished = true;
        closeIfComplete();
        return channel.newSucceededFuture();
    }

    @Override
    public void reset(long code) {
        end(new CloseReason.Local(code));
    }

    @Override
    public void stopReading(long code) {
        stoppedReading.add(code);
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Write write = new Write((ByteBuf) message, promise);
        if (closed.isDone()) {
            write.bytes.release();
            promise.tryFailure(new IllegalStateException("closed"));
        } else if (takes) {
            take(write);
        } else {
            untaken.add(write);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.close(promise);
        end(new CloseReason.Local(0));
    }

    private void take(Write write) {
        byte[] bytes = new byte[write.bytes.readableBytes()];
        write.bytes.readBytes(bytes);
        write.bytes.release();
        written.writeBytes(bytes);
        write.promise.trySuccess();
    }

    private void closeIfComplete() {
        if (peerFinished && weFinished && untaken.isEmpty()) {
            end(new CloseReason.Finished());
        }
    }
}
