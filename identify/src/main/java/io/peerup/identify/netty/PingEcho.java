package io.peerup.identify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.peerup.identify.PingRound;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends back what comes, for as many rounds as the peer likes, until it finishes or takes too long over a round. Reads
 * no faster than the peer takes its echo.
 */
final class PingEcho extends ChannelInboundHandlerAdapter {
    /** Four times the pause between the pings of rust-libp2p, which keeps one stream open for all of them. */
    static final int ROUND_TIMEOUT_SECONDS = 60;

    private final MuxedStream stream;
    private @Nullable Future<?> deadline;
    private int bytesOfRound;

    PingEcho(MuxedStream stream) {
        this.stream = stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        beginRound(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        int bytes = bytesOfRound + ((ByteBuf) message).readableBytes();
        bytesOfRound = bytes % PingRound.BYTES;
        if (bytes >= PingRound.BYTES) {
            beginRound(ctx);
        }
        ctx.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        readWhileTheEchoIsTaken(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readWhileTheEchoIsTaken(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            stream.finish();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        stream.reset(ErrorCode.NONE.streamCode());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopDeadline();
    }

    private void beginRound(ChannelHandlerContext ctx) {
        stopDeadline();
        deadline = ctx.executor()
                .schedule(() -> stream.reset(ErrorCode.NONE.streamCode()), ROUND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private static void readWhileTheEchoIsTaken(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }
}
