package io.peerup.testkit.contracts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.MuxedStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** One end of a stream, and all that its pipeline was told. */
public final class StreamEnd {
    private final MuxedStream stream;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Consumer<byte[]> onRead = bytes -> {};
    private Runnable onEnd = () -> {};
    private Runnable onWritabilityChange = () -> {};
    private boolean ended;
    private boolean inactive;
    private boolean toldMoreAfterTheEnd;

    /** Puts a recording handler on the stream. */
    public StreamEnd(MuxedStream stream) {
        this.stream = stream;
        channel().pipeline().addLast(new Recorder());
    }

    /** The stream itself. */
    public MuxedStream stream() {
        return stream;
    }

    /** Its channel. */
    public Channel channel() {
        return stream.channel();
    }

    /** Writes, for a later flush. */
    public ChannelFuture write(byte[] bytes) {
        return channel().write(Unpooled.wrappedBuffer(bytes));
    }

    /** Writes and flushes. */
    public ChannelFuture send(byte[] bytes) {
        return channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** Delivers nothing but on {@link Channel#read}. */
    public StreamEnd pause() {
        channel().config().setAutoRead(false);
        return this;
    }

    /** Delivers whatever comes. */
    public void resume() {
        channel().config().setAutoRead(true);
    }

    /** Does this with every piece, while it is delivered. */
    public StreamEnd onRead(Consumer<byte[]> action) {
        onRead = action;
        return this;
    }

    /** Sends everything back, and the end too. */
    public StreamEnd echo() {
        onEnd = stream::finish;
        return onRead(this::send);
    }

    /** Does this whenever {@code isWritable} changes. */
    public StreamEnd onWritabilityChange(Runnable action) {
        onWritabilityChange = action;
        return this;
    }

    /** Every byte so far. */
    public byte[] received() {
        return received.toByteArray();
    }

    /** How many bytes so far. */
    public int receivedBytes() {
        return received.size();
    }

    /** Whether the clean end of the peer's data has arrived. */
    public boolean ended() {
        return ended;
    }

    /** Whether the channel was told to be inactive. */
    public boolean inactive() {
        return inactive;
    }

    /** Whether bytes or a second end came after the end. */
    public boolean toldMoreAfterTheEnd() {
        return toldMoreAfterTheEnd;
    }

    /** Why the stream is over, if it is. */
    public Optional<CloseReason> reason() {
        return Optional.ofNullable(stream.closed().toCompletableFuture().getNow(null));
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            toldMoreAfterTheEnd |= ended || inactive;
            ByteBuf bytes = (ByteBuf) message;
            byte[] copy = ByteBufUtil.getBytes(bytes);
            bytes.release();
            received.writeBytes(copy);
            onRead.accept(copy);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                toldMoreAfterTheEnd |= ended || inactive;
                ended = true;
                onEnd.run();
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            onWritabilityChange.run();
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive = true;
            ctx.fireChannelInactive();
        }
    }
}
