package io.peerup.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HalfClosedSocketTest {
    private static final int PIECE = 4 << 20;
    private static final int PIECES = 8;

    private final EventLoops loops = EventLoops.start(1);

    @AfterEach
    void stop() throws Exception {
        loops.close().await();
    }

    @Test
    void aSocketThatReadsNoMoreStillWritesMoreThanTheKernelTakesAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress to = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            CompletableFuture<Void> inputOver = new CompletableFuture<>();
            Channel channel = new Bootstrap()
                    .group(loops.group())
                    .channelFactory(() -> loops.socketFor(to))
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                            if (event instanceof ChannelInputShutdownReadComplete) {
                                inputOver.complete(null);
                            }
                        }
                    })
                    .connect(to)
                    .channel();
            try (Socket reader = server.accept()) {
                reader.setSoTimeout(30_000);
                reader.shutdownOutput();
                inputOver.get(30, TimeUnit.SECONDS);
                // Each piece fills the kernel's buffer, so each time something is wanted again.
                for (int i = 0; i < PIECES; i++) {
                    channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[PIECE]));
                    assertThat(reader.getInputStream().readNBytes(PIECE)).hasSize(PIECE);
                }
                assertThat(channel.isActive()).isTrue();
            }
        }
    }
}
