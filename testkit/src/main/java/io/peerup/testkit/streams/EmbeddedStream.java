package io.peerup.testkit.streams;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A stream whose other end is the test. Time stands still until {@link #advance}. */
public final class EmbeddedStream implements MuxedStream {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Direction direction;
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private OptionalLong resetCode = OptionalLong.empty();
    private boolean finished;
    private boolean remoteFinished;

    /** A stream, opened by us or by the peer. */
    public EmbeddedStream(Direction direction) {
        this.direction = direction;
        channel.freezeTime();
    }

    // ── the peer's verbs ──

    /** The peer's bytes arrive, in one read. */
    public void receive(byte[] bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }

    /** The peer's FIN arrives. */
    public void receiveFinish() {
        remoteFinished = true;
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        endIfBothFinished();
    }

    /** The peer's reset arrives. */
    public void receiveReset(long code) {
        end(new CloseReason.Remote(code));
    }

    /** Lets time pass on the stream's event loop. */
    public void advance(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }

    // ── what the peer sees ──

    /** What was sent since the last call. */
    public byte[] sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    /** Whether we sent FIN. */
    public boolean isFinished() {
        return finished;
    }

    /** The code of our reset, if we sent one. */
    public OptionalLong resetCode() {
        return resetCode;
    }

    // ── our verbs ──

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public ChannelFuture finish() {
        finished = true;
        ChannelFuture done = channel.isOpen()
                ? channel.newSucceededFuture()
                : channel.newFailedFuture(new IllegalStateException("the stream is over"));
        endIfBothFinished();
        return done;
    }

    @Override
    public void reset(long code) {
        if (!closed.isDone()) {
            resetCode = OptionalLong.of(code);
            end(new CloseReason.Local(code));
        }
    }

    @Override
    public void stopReading(long code) {
        channel.config().setAutoRead(false);
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }

    private void endIfBothFinished() {
        if (finished && remoteFinished) {
            end(new CloseReason.Finished());
        }
    }

    private void end(CloseReason reason) {
        if (closed.complete(reason)) {
            channel.close();
            channel.runPendingTasks();
        }
    }
}
