package io.peerup.yamux.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.limits.StreamScope;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A stream as a channel. Written bytes stay in the channel's own outbound buffer until the handler takes them, so
 * {@code isWritable} tells the truth; received bytes stay here until the application reads, and only then is credit
 * given back.
 */
final class YamuxStreamChannel extends AbstractChannel implements MuxedStream {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 256 << 10);

    private final YamuxHandler handler;
    private final int id;
    private final Direction direction;
    private final ChannelConfig config = new StreamConfig();
    private final ReceiveQueue received = new ReceiveQueue();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private @Nullable ChannelPromise finishing;
    private @Nullable CloseReason reason;
    private boolean open = true;
    private boolean readRequested;
    private boolean delivering;
    private boolean remoteFinished;
    private boolean endDelivered;
    private boolean taking;
    private boolean finished;
    private boolean discarding;

    YamuxStreamChannel(Channel parent, YamuxHandler handler, int id, Direction direction) {
        super(parent);
        this.handler = handler;
        this.id = id;
        this.direction = direction;
        config.setAllocator(parent.alloc());
        config.setWriteBufferWaterMark(WATER_MARK);
    }

    // ── the verbs ──

    @Override
    public Channel channel() {
        return this;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public ChannelFuture finish() {
        ChannelPromise promise = newPromise();
        onLoop(() -> {
            if (finished) {
                promise.trySuccess();
            } else if (!open) {
                promise.tryFailure(new ChannelOutputShutdownException("the stream was reset"));
            } else if (finishing != null) {
                finishing.addListener(done -> complete(promise, done.isSuccess(), done.cause()));
            } else {
                unsafe().flush();
                finishing = promise;
                finishIfDrained();
            }
        });
        return promise;
    }

    @Override
    public void reset(long code) {
        onLoop(() -> {
            if (open) {
                reason = new CloseReason.Local(code);
                handler.reset(this, code);
                unsafe().close(unsafe().voidPromise());
            }
        });
    }

    @Override
    public void stopReading(long code) {
        onLoop(() -> {
            discarding = true;
            received.release();
            handler.stopReading(this);
            closeIfOver();
        });
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }

    // ── what the handler tells ──

    int streamId() {
        return id;
    }

    /** In how many buffers unread bytes are held. */
    int unreadPieces() {
        return received.pieces();
    }

    void received(ByteBuf piece) {
        if (!open || discarding) {
            piece.release();
            return;
        }
        boolean keptUp = keepsUp();
        received.add(piece, alloc());
        deliver();
        if (open && keptUp && !keepsUp()) {
            handler.fallsBehind(this);
        }
    }

    void remoteFinished() {
        remoteFinished = true;
        deliver();
    }

    void end(CloseReason why) {
        if (open) {
            reason = why;
            unsafe().close(unsafe().voidPromise());
        }
    }

    /**
     * Moves flushed bytes to {@code out}, up to a bound. Whoever hears that a write is done may write, finish or reset
     * while this runs; FIN waits until the bytes are where they belong.
     *
     * @return how many
     */
    int takeFlushed(int maxBytes, List<ByteBuf> out) {
        ChannelOutboundBuffer outbound = unsafe().outboundBuffer();
        int taken = 0;
        taking = true;
        while (outbound != null && taken < maxBytes && outbound.current() instanceof ByteBuf head) {
            int bytes = Math.min(maxBytes - taken, head.readableBytes());
            if (bytes > 0) {
                out.add(head.retainedSlice(head.readerIndex(), bytes));
                taken += bytes;
            }
            if (bytes == head.readableBytes()) {
                outbound.remove();
            } else {
                outbound.removeBytes(bytes);
            }
        }
        taking = false;
        return taken;
    }

    boolean hasFlushed() {
        ChannelOutboundBuffer outbound = unsafe().outboundBuffer();
        return outbound != null && outbound.current() != null;
    }

    void finishIfDrained() {
        if (finishing != null && !finished && !taking && open && !hasFlushed()) {
            finished = true;
            handler.finish(this);
            finishing.trySuccess();
            closeIfOver();
        }
    }

    // ── reading ──

    @Override
    protected void doBeginRead() {
        readRequested = true;
        if (!delivering) {
            deliver();
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (readRequested && open && !received.isEmpty()) {
                deliverOneRound();
            }
            deliverEnd();
        } finally {
            delivering = false;
        }
        closeIfOver();
    }

    private boolean keepsUp() {
        return received.bytes() <= StreamScope.UNREAD_BYTES;
    }

    private void deliverOneRound() {
        readRequested = false;
        int consumed = 0;
        do {
            ByteBuf piece = received.poll();
            if (piece == null) {
                break;
            }
            consumed += piece.readableBytes();
            pipeline().fireChannelRead(piece);
        } while (open && config.isAutoRead());
        pipeline().fireChannelReadComplete();
        handler.consumed(this, consumed);
    }

    private void deliverEnd() {
        if (remoteFinished && !endDelivered && !discarding && open && received.isEmpty()) {
            endDelivered = true;
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** Both FINs have passed and the application has read the rest. */
    private void closeIfOver() {
        if (open && finished && (endDelivered || (discarding && remoteFinished))) {
            reason = new CloseReason.Finished();
            unsafe().close(unsafe().voidPromise());
        }
    }

    // ── the channel ──

    @Override
    protected Object filterOutboundMessage(Object message) throws Exception {
        if (finishing != null) {
            throw new ChannelOutputShutdownException("the stream is finished");
        }
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("a stream carries bytes, not " + message.getClass());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        handler.wantsToSend(this);
    }

    @Override
    protected void doClose() {
        open = false;
        if (reason == null) {
            reason = new CloseReason.Local(0);
            handler.reset(this, 0);
        }
        received.release();
        if (finishing != null && !finishing.isDone()) {
            finishing.tryFailure(new ChannelOutputShutdownException("the stream was reset"));
        }
        closed.complete(reason);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return parent().localAddress();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return parent().remoteAddress();
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("a stream is not bound");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    private void onLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
        } else {
            eventLoop().execute(task);
        }
    }

    private static void complete(ChannelPromise promise, boolean success, @Nullable Throwable cause) {
        if (success) {
            promise.trySuccess();
        } else {
            promise.tryFailure(cause == null ? new ChannelOutputShutdownException("the stream was reset") : cause);
        }
    }

    private final class StreamConfig extends DefaultChannelConfig {
        StreamConfig() {
            super(YamuxStreamChannel.this);
        }

        /** The read that was asked for automatically is taken back, or one more piece would come. */
        @Override
        protected void autoReadCleared() {
            onLoop(() -> readRequested = false);
        }
    }

    private final class StreamUnsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.tryFailure(new UnsupportedOperationException("a stream is opened by its connection"));
        }
    }
}
