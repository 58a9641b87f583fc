package io.peerup.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.SecureChannel.Secured;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One end of a secured channel, and all that came out of it. */
final class SecureEnd {
    private final EmbeddedChannel channel;
    private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
    private CompletableFuture<Secured> handshake = new CompletableFuture<>();
    private @Nullable Throwable failure;
    private boolean ended;

    SecureEnd(EmbeddedChannel channel) {
        this.channel = channel;
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /** Reads plaintext as soon as the handshake is over; whatever comes before is plaintext too soon. */
    void follow(CompletableFuture<Secured> secured) {
        handshake = secured;
        secured.whenComplete((who, refused) -> {
            if (refused == null) {
                channel.pipeline().addLast(new Recorder());
            } else {
                channel.close();
            }
        });
    }

    void send(byte[] bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    Secured secured() {
        assertThat(handshake).isCompleted();
        return handshake.join();
    }

    boolean isRefused() {
        return handshake.isCompletedExceptionally();
    }

    void assertRefused() {
        assertThat(handshake).isCompletedExceptionally();
        assertThat(plaintext.size()).isZero();
        assertNothingTooSoon();
    }

    /** Nothing went past the handshake to whoever would have come next. */
    void assertNothingTooSoon() {
        assertThat(channel.<Object>readInbound()).isNull();
    }

    byte[] plaintext() {
        assertNothingTooSoon();
        return plaintext.toByteArray();
    }

    /** What the pipeline was told went wrong after the handshake. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether the peer's data came to a clean end. */
    boolean ended() {
        return ended;
    }

    void release() {
        channel.finishAndReleaseAll();
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            plaintext.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            ended |= event instanceof ChannelInputShutdownEvent;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failure = cause;
        }
    }
}
