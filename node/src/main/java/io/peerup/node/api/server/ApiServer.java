package io.peerup.node.api.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import io.peerup.node.api.DaemonApi;
import io.peerup.node.api.server.calls.Calls;
import io.peerup.node.api.server.netty.ApiChannels;
import io.peerup.swarm.strands.Strands;
import java.util.concurrent.TimeUnit;

/** Answers clients on a claimed socket, with an event loop of its own. */
public final class ApiServer implements AutoCloseable {
    private static final int LAST_WORDS_SECONDS = 1;

    private final ApiSocket socket;
    private final Calls calls;
    private final ApiChannels channels;
    private final EventLoopGroup loop;
    private final Channel listener;

    private ApiServer(ApiSocket socket, Calls calls, ApiChannels channels, EventLoopGroup loop, Channel listener) {
        this.socket = socket;
        this.calls = calls;
        this.channels = channels;
        this.loop = loop;
        this.listener = listener;
    }

    /** Starts to serve. The socket now belongs to the server, which closes it. */
    public static ApiServer serve(ApiSocket socket, DaemonApi daemon, Strands strands) {
        Calls calls = new Calls(daemon, strands);
        ApiChannels channels = new ApiChannels(socket.cookie()::isIn, calls);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("peerup-api", true), NioIoHandler.newFactory());
        Channel listener = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> new NioServerDomainSocketChannel(socket.channel()))
                .childHandler(channels)
                .register()
                .syncUninterruptibly()
                .channel();
        return new ApiServer(socket, calls, channels, loop, listener);
    }

    /**
     * Stops: takes no new clients, tells those who wait for something that the daemon is stopping, removes the files.
     * Waits, for a slow client at most {@value #LAST_WORDS_SECONDS} s; safe to call twice, also from within a call.
     */
    @Override
    public void close() {
        socket.removeFiles();
        listener.close().awaitUninterruptibly();
        calls.close();
        if (!loop.isShuttingDown()) {
            Promise<Object> gone = loop.next().newPromise();
            loop.next().execute(() -> channels.closeAll(() -> gone.trySuccess(gone)));
            gone.awaitUninterruptibly(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
        loop.shutdownGracefully(0, LAST_WORDS_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        socket.close();
    }
}
