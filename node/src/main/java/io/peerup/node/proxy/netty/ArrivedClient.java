package io.peerup.node.proxy.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.peerup.swarm.limits.SocketScope;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A client that connected and belongs to no event loop yet: nothing is read from it, and the kernel holds it back. It has
 * one owner at a time, who either gives it to the loop of its stream or resets it, on any thread.
 */
public final class ArrivedClient {
    /** {@code TCP_ESTABLISHED} of the kernel's {@code tcp_states.h}. */
    private static final int ESTABLISHED = 1;

    private final SocketChannel channel;
    private final SocketScope scope;

    ArrivedClient(SocketChannel channel, SocketScope scope) {
        TcpSocket.prepare(channel);
        this.channel = channel;
        this.scope = scope;
    }

    /** Where it comes from. */
    public SocketAddress address() {
        return channel.remoteAddress();
    }

    /**
     * Whether it is as it came: it has neither ended what it sends nor broken off. Always so where the kernel does not
     * tell (only Linux does).
     */
    public boolean isWhole() {
        if (!(channel instanceof EpollSocketChannel linux)) {
            return channel.isOpen();
        }
        try {
            return channel.isOpen() && linux.tcpInfo().state() == ESTABLISHED;
        } catch (RuntimeException gone) {
            return false;
        }
    }

    /** Puts it on a loop, without reading yet; resets it and fails if that cannot be done. */
    public CompletionStage<LocalSocket> moveTo(EventLoop loop) {
        CompletableFuture<LocalSocket> moved = new CompletableFuture<>();
        loop.register(channel).addListener(done -> {
            channel.closeFuture().addListener(closed -> scope.close());
            if (done.isSuccess()) {
                moved.complete(new TcpSocket(channel));
            } else {
                scope.close();
                moved.completeExceptionally(done.cause() == null ? new ClosedChannelException() : done.cause());
            }
        });
        return moved;
    }

    /** Ends it with RST; it must not be on a loop. */
    public void reset() {
        channel.unsafe().closeForcibly();
        scope.close();
    }
}
