package io.peerup.identify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.peerup.identify.PingRound;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.wire.ProtocolViolation;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The asking end of a ping stream, one round after the other. On the event loop of its connection. */
final class PingStream extends ChannelInboundHandlerAdapter {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MuxedStream stream;
    private final LongSupplier nanoClock;
    private @Nullable Round round;
    private boolean over;
    private boolean proven;

    /** A round under way, and when it was sent. */
    private record Round(PingRound bytes, long sentNanos, CompletableFuture<Answer> answer) {}

    /** What a round came to. */
    sealed interface Answer {
        /** All bytes are back. */
        record Returned(long roundTripNanos) implements Answer {}

        /** There will be no answer. */
        record Broken(String why) implements Answer {}
    }

    private PingStream(MuxedStream stream, LongSupplier nanoClock) {
        this.stream = stream;
        this.nanoClock = nanoClock;
    }

    static PingStream on(MuxedStream stream, LongSupplier nanoClock) {
        PingStream rounds = new PingStream(stream, nanoClock);
        stream.channel().pipeline().addLast(rounds);
        return rounds;
    }

    /** Whether another round can be tried. */
    boolean isOpen() {
        return !over;
    }

    /** Whether a round was answered, so that an end now is the peer's wish for another stream, as go's after 30 s. */
    boolean isProven() {
        return proven;
    }

    /** Sends a round; there must be none under way. */
    CompletionStage<Answer> ask() {
        byte[] bytes = new byte[PingRound.BYTES];
        RANDOM.nextBytes(bytes);
        Round asked = new Round(new PingRound(bytes), nanoClock.getAsLong(), new CompletableFuture<>());
        round = asked;
        stream.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        return asked.answer;
    }

    void finish() {
        over = true;
        stream.finish();
    }

    void reset() {
        end("given up");
        stream.reset(ErrorCode.NONE.streamCode());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            receive((ByteBuf) message);
        } catch (ProtocolViolation violation) {
            end(OneLine.of(violation));
            stream.reset(ErrorCode.PROTOCOL_VIOLATION.streamCode());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end("the peer ended the stream");
            stream.finish();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the peer reset the stream");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(OneLine.of(cause));
        stream.reset(ErrorCode.NONE.streamCode());
    }

    /** Bytes after an answer break a rule, also when they come before the next round. */
    private void receive(ByteBuf bytes) throws ProtocolViolation {
        Round under = round;
        if (under != null && under.bytes.receive(bytes)) {
            proven = true;
            under.answer.complete(new Answer.Returned(nanoClock.getAsLong() - under.sentNanos));
        }
    }

    private void end(String why) {
        over = true;
        if (round != null) {
            round.answer.complete(new Answer.Broken(why));
        }
    }
}
