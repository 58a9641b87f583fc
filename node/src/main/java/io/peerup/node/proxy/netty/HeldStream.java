package io.peerup.node.proxy.netty;

import io.peerup.swarm.MuxedStream;

/**
 * A stream that is not read until there is somewhere to write. What a negotiation had read beyond its last token is
 * kept, at most one window of the stream; the peer is held back by the credit it does not get.
 */
public final class HeldStream {
    private final MuxedStream stream;

    private HeldStream(MuxedStream stream) {
        this.stream = stream;
    }

    /** Stops reading; on the event loop, while the stream is being attached. */
    public static HeldStream hold(MuxedStream stream) {
        stream.channel().config().setAutoRead(false);
        stream.channel().pipeline().addLast(new Hold());
        return new HeldStream(stream);
    }

    /** The stream. */
    public MuxedStream stream() {
        return stream;
    }
}
