package io.peerup.identify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Ping, asking: 32 random bytes out, the same 32 back, and the time between. */
public final class Ping {
    /** The size of a round. */
    static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ping() {}

    /** What a ping came to. */
    public sealed interface Outcome {
        /** The peer answered. */
        record Answered(Duration roundTrip) implements Outcome {}

        /** It did not; one line says why. */
        record Failed(String why) implements Outcome {}
    }

    /**
     * One round over this connection, on a stream of its own. Never completes exceptionally.
     *
     * @param nanoClock what to measure with
     */
    public static CompletionStage<Outcome> once(Connection connection, Duration patience, LongSupplier nanoClock) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        connection
                .openStream(List.of(PingProtocol.ID), LimitedConnections.ALLOWED, opened -> {
                    new Round(opened.stream(), nanoClock, outcome).begin(patience);
                    return opened;
                })
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        outcome.complete(new Outcome.Failed(OneLine.of(failure)));
                    }
                });
        return outcome;
    }

    private static final class Round extends ChannelInboundHandlerAdapter {
        private final MuxedStream stream;
        private final LongSupplier nanoClock;
        private final CompletableFuture<Outcome> outcome;
        private final byte[] asked = new byte[BYTES];
        private final ByteBuf answer = Unpooled.buffer(BYTES, BYTES);
        private long sentNanos;

        Round(MuxedStream stream, LongSupplier nanoClock, CompletableFuture<Outcome> outcome) {
            this.stream = stream;
            this.nanoClock = nanoClock;
            this.outcome = outcome;
            RANDOM.nextBytes(asked);
        }

        void begin(Duration patience) {
            stream.channel().pipeline().addLast(this);
            stream.channel()
                    .eventLoop()
                    .schedule(
                            () -> end(new Outcome.Failed("no answer within " + patience.toSeconds() + " s")),
                            patience.toNanos(),
                            TimeUnit.NANOSECONDS);
            sentNanos = nanoClock.getAsLong();
            stream.channel().writeAndFlush(Unpooled.wrappedBuffer(asked));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            answer.writeBytes(bytes, Math.min(bytes.readableBytes(), answer.writableBytes()));
            bytes.release();
            if (!answer.isWritable()) {
                Duration roundTrip = Duration.ofNanos(nanoClock.getAsLong() - sentNanos);
                end(
                        Arrays.equals(asked, answer.array())
                                ? new Outcome.Answered(roundTrip)
                                : new Outcome.Failed("the answer is not what was asked"));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end(new Outcome.Failed("the stream was reset"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end(new Outcome.Failed(OneLine.of(cause)));
        }

        private void end(Outcome what) {
            if (outcome.complete(what)) {
                if (what instanceof Outcome.Answered) {
                    stream.finish();
                } else {
                    stream.reset(0);
                }
            }
        }
    }
}
