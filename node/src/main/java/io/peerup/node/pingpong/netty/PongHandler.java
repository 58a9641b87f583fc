package io.peerup.node.pingpong.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one line and answers it. */
final class PongHandler extends ChannelInboundHandlerAdapter {
    static final int MAX_LINE_BYTES = 64;
    static final int LINE_TIMEOUT_SECONDS = 15;

    private final MuxedStream stream;
    private final StringBuilder line = new StringBuilder();
    private @Nullable Future<?> deadline;
    private boolean answered;

    PongHandler(MuxedStream stream) {
        this.stream = stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(this::reset, LINE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && !answered) {
                char next = (char) bytes.readUnsignedByte();
                if (next == '\n') {
                    answer(ctx);
                } else if (line.length() == MAX_LINE_BYTES) {
                    reset();
                    return;
                } else {
                    line.append(next);
                }
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !answered) {
            stream.finish();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        reset();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        answered = true;
        String reply = line.toString().strip().equals("ping") ? "pong\n" : "unknown\n";
        ctx.writeAndFlush(ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(reply), StandardCharsets.US_ASCII));
        stream.finish();
        stream.stopReading(ErrorCode.NONE.streamCode());
    }

    private void reset() {
        stream.reset(ErrorCode.NONE.streamCode());
    }
}
