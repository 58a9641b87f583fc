package io.peerup.node.proxy.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.tcp.EventLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verbs on a real socket, with more bytes under way than the kernel takes. */
class TcpSocketTest {
    private static final int MORE_THAN_THE_KERNEL_TAKES = 20_000_000;

    private final EventLoops loops = EventLoops.start(1);
    private ServerSocket server;
    private LocalSocket socket;
    private Socket program;

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new LocalSockets(loops, new ResourceScopes(ResourceLimits.defaults(), System::nanoTime))
                .connect(
                        loops.group().next(),
                        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
                        Duration.ofSeconds(10))
                .get(30, TimeUnit.SECONDS);
        program = server.accept();
        program.setSoTimeout(30_000);
    }

    @AfterEach
    void stop() throws Exception {
        program.close();
        server.close();
        loops.close().await();
    }

    @Test
    void finWaitsForWhatIsQueued() throws Exception {
        CompletableFuture<Void> finished = new CompletableFuture<>();
        onLoop(() -> {
            socket.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[MORE_THAN_THE_KERNEL_TAKES]));
            socket.finish().addListener(done -> finished.complete(null));
        });
        assertThat(finished).isNotDone();
        assertThat(program.getInputStream().readAllBytes()).hasSize(MORE_THAN_THE_KERNEL_TAKES);
        finished.get(30, TimeUnit.SECONDS);
        assertThat(socket.channel().isOpen()).isTrue();
    }

    @Test
    void closingAfterFinSendsWhatTheKernelStillHolds() throws Exception {
        onLoop(() -> {
            socket.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
            socket.finish().addListener(done -> socket.close());
        });
        socket.channel().closeFuture().await();
        assertThat(program.getInputStream().readAllBytes()).hasSize(100_000);
    }

    @Test
    void resettingIsNoEnd() throws Exception {
        onLoop(() -> {
            socket.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[MORE_THAN_THE_KERNEL_TAKES]));
            socket.reset();
        });
        assertThatThrownBy(() -> program.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void whatComesBeforeTheBridgeIsHeldWithItsEnd() throws Exception {
        program.getOutputStream().write(new byte[] {1, 2, 3});
        program.shutdownOutput();
        FakeStream stream = new FakeStream();
        // Whether epoll has read it before or the bridge reads it, it comes before FIN.
        CompletableFuture<Void> finished = new CompletableFuture<>();
        onLoop(() -> {
            Bridge.between(HeldStream.hold(stream), socket).begin();
            awaitFinish(stream, finished);
        });
        finished.get(30, TimeUnit.SECONDS);
        assertThat(stream.side.taken()).containsExactly(1, 2, 3);
    }

    private void awaitFinish(FakeStream stream, CompletableFuture<Void> finished) {
        if (stream.finished()) {
            finished.complete(null);
        } else {
            socket.channel().eventLoop().schedule(() -> awaitFinish(stream, finished), 1, TimeUnit.MILLISECONDS);
        }
    }

    private void onLoop(Runnable action) throws Exception {
        CompletableFuture.runAsync(action, socket.channel().eventLoop()).get(30, TimeUnit.SECONDS);
    }
}
