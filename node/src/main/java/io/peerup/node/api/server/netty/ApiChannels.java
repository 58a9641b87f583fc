package io.peerup.node.api.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.peerup.node.api.server.calls.Calls;
import java.util.function.Predicate;

/** Sets up the connections of clients. All of them must be on one event loop. */
@Sharable
public final class ApiChannels extends ChannelInitializer<Channel> {
    private static final int MAX_REQUEST_LINE_BYTES = 4096;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final Predicate<String> authorized;
    private final Calls calls;
    private final OpenConnections connections = new OpenConnections();

    /**
     * Channels for these calls.
     *
     * @param authorized judges an {@code Authorization} header
     */
    public ApiChannels(Predicate<String> authorized, Calls calls) {
        this.authorized = authorized;
        this.calls = calls;
    }

    /** Closes every connection after what was written to it. On the event loop, where it tells when all are gone. */
    public void closeAll(Runnable gone) {
        connections.closeAll(gone);
    }

    @Override
    protected void initChannel(Channel channel) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES);
        channel.pipeline()
                .addLast(new HttpServerCodec(limits))
                .addLast(new RequestCheck(authorized))
                .addLast(new RequestBodyLimit())
                .addLast(new ApiConnection(channel, calls, connections));
    }
}
