package io.peerup.kademlia.netty;

import io.netty.channel.ChannelFuture;

/** Waits on the event loop. */
public final class SabotagedHandler {
    /** Waits. */
    public void close(ChannelFuture future) throws InterruptedException {
        future.sync();
    }
}
