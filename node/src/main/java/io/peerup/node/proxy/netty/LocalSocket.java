package io.peerup.node.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/**
 * A TCP socket with the verbs of a stream. Its channel allows half-closure and does not read until it is told to; the
 * verbs are called on its event loop.
 */
public interface LocalSocket {
    /** The channel that carries the bytes. */
    Channel channel();

    /** Sends FIN after everything written so far, and completes then; the other direction goes on. */
    ChannelFuture finish();

    /** Closes the socket after both directions have finished; what the kernel still holds is sent. */
    void close();

    /** Ends both directions at once with RST: the other side reads an error, never a clean end of truncated data. */
    void reset();
}
