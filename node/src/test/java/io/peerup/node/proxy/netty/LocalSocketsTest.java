package io.peerup.node.proxy.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.tcp.EventLoops;
import io.peerup.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there are descriptors for a listener and one socket more. */
@Timeout(180)
class LocalSocketsTest {
    private final EventLoops loops = EventLoops.start(1);
    private final ResourceScopes resources = new ResourceScopes(
            ResourceLimits.unlimited().withSystem(ScopeLimits.unlimited().withFileDescriptors(2)), System::nanoTime);
    private final LocalSockets sockets = new LocalSockets(loops, resources);
    private final BlockingQueue<ArrivedClient> arrived = new LinkedBlockingQueue<>();
    private LocalSockets.Listener listener;

    @BeforeEach
    void listen() throws Exception {
        listener = sockets.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), arrived::add)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        listener.close().toCompletableFuture().get(30, TimeUnit.SECONDS);
        loops.close().await();
        assertThat(held()).isZero();
    }

    @Test
    void whoeverComesWithoutADescriptorLeftIsResetAndTheOthersStay() throws Exception {
        try (Socket first = client();
                Socket second = client()) {
            ArrivedClient served = arrived.take();
            assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(IOException.class);
            assertThat(served.isWhole()).isTrue();
            assertThat(held()).isEqualTo(2);

            served.reset();
            assertThat(held()).isEqualTo(1);
            try (Socket third = client()) { // when the listener has rested
                arrived.take().reset();
                assertThat(third.isConnected()).isTrue();
            }
            assertThat(first.isConnected()).isTrue();
        }
    }

    @Test
    void aClientThatMovedToALoopIsCountedUntilItsSocketIsClosed() throws Exception {
        try (Socket first = client()) {
            LocalSocket moved = arrived.take()
                    .moveTo(loops.group().next())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(held()).isEqualTo(2);
            assertThat(first.isConnected()).isTrue();
            moved.channel().close().sync();
            awaitHeld(1);
        }
    }

    @Test
    void withoutADescriptorNoServiceIsReached() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalSocket one = connect(service);
            assertThatThrownBy(() -> connect(service))
                    .hasMessageContaining("the limit of 2 file descriptors for the node is reached");
            one.channel().close().sync();
            awaitHeld(1);
            connect(service).channel().close().sync();
            awaitHeld(1);
        }
    }

    private Socket client() throws IOException {
        return new Socket(listener.address().getAddress(), listener.address().getPort());
    }

    private LocalSocket connect(ServerSocket service) throws Exception {
        InetSocketAddress to = new InetSocketAddress(service.getInetAddress(), service.getLocalPort());
        return sockets.connect(loops.group().next(), to, Duration.ofSeconds(10)).get(30, TimeUnit.SECONDS);
    }

    private long held() {
        return resources.held().getOrDefault(Resource.FILE_DESCRIPTORS, -1L);
    }

    private void awaitHeld(long count) throws InterruptedException {
        Patience.until(count + " descriptors", () -> held() == count);
    }
}
