package io.peerup.testkit.perf.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * {@code /perf/1.0.0} without a thread in between: the client says in 8 bytes how many it wants, sends its own and
 * ends; the server reads to the end and sends that many. Whoever receives counts.
 *
 * @param served told what the serving side counted
 */
public record Perf(Consumer<Served> served) implements StreamProtocol {
    /** Its name. */
    public static final ProtocolId PROTOCOL = ProtocolId.of("/perf/1.0.0");

    private static final ByteBuf ZEROS =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(64 << 10).writeZero(64 << 10));

    /** What came in and how long it took, from the 8 bytes to the end. */
    public record Served(long received, long nanos) {}

    /** What came back and how long it took, from the end of our own bytes. */
    public record Came(long received, long nanos) {}

    @Override
    public ProtocolId id() {
        return PROTOCOL;
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return true;
    }

    @Override
    public StreamLimits limits() {
        return new StreamLimits(1000);
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        stream.channel().pipeline().addLast(new Server(stream, served));
    }

    /** The client's part, on a stream that was just opened; on its event loop. */
    public static CompletionStage<Came> ask(MuxedStream stream, long up, long down) {
        Client client = new Client(stream, up, down);
        stream.channel().pipeline().addLast(client);
        return client.came;
    }

    /** Sends zeros for as long as they are taken. */
    private abstract static class Sender extends ChannelInboundHandlerAdapter {
        final MuxedStream stream;
        private long left;
        private boolean sending;

        Sender(MuxedStream stream) {
            this.stream = stream;
        }

        void send(ChannelHandlerContext ctx, long bytes) {
            left = bytes;
            sending = true;
            pump(ctx);
        }

        /** All was written. */
        abstract void sent();

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            pump(ctx);
        }

        private void pump(ChannelHandlerContext ctx) {
            while (sending && left > 0 && ctx.channel().isWritable()) {
                int bytes = (int) Math.min(left, ZEROS.readableBytes());
                left -= bytes;
                ctx.writeAndFlush(ZEROS.retainedSlice(0, bytes));
            }
            if (sending && left == 0) {
                sending = false;
                stream.finish();
                sent();
            }
        }
    }

    private static final class Server extends Sender {
        private final Consumer<Served> served;
        private final ByteBuf wanted = Unpooled.buffer(Long.BYTES, Long.BYTES);
        private long received;
        private long began;

        Server(MuxedStream stream, Consumer<Served> served) {
            super(stream);
            this.served = served;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (wanted.isWritable()) {
                wanted.writeBytes(bytes, Math.min(bytes.readableBytes(), wanted.writableBytes()));
                began = System.nanoTime();
            }
            received += bytes.readableBytes();
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                served.accept(new Served(received, System.nanoTime() - began));
                send(ctx, wanted.readLong());
            }
        }

        @Override
        void sent() {}
    }

    private static final class Client extends Sender {
        private final CompletableFuture<Came> came = new CompletableFuture<>();
        private final long up;
        private final long down;
        private long received;
        private long began;

        Client(MuxedStream stream, long up, long down) {
            super(stream);
            this.up = up;
            this.down = down;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.write(Unpooled.copyLong(down));
            send(ctx, up);
        }

        @Override
        void sent() {
            began = System.nanoTime();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received += bytes.readableBytes();
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                if (received == down) {
                    came.complete(new Came(received, System.nanoTime() - began));
                } else {
                    came.completeExceptionally(new IOException(received + " of " + down + " bytes came"));
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            came.completeExceptionally(new IOException("the stream was reset"));
        }
    }
}
