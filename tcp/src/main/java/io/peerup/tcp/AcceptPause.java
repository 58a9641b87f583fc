package io.peerup.tcp;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.swarm.OneLine;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of a listener: what cannot be accepted now, for want of file descriptors or memory, could not be
 * accepted at once again either. So the listener pauses for a second, and says why once a minute. What is open stays,
 * and who knocks meanwhile waits with the kernel.
 */
public final class AcceptPause extends ChannelInboundHandlerAdapter {
    static final long PAUSE_SECONDS = 1;
    static final long QUIET_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(AcceptPause.class);

    private final Consumer<String> log;
    private boolean said;
    private long saidNanos;

    /** For one listener. */
    public AcceptPause() {
        this(LOG::warn);
    }

    AcceptPause(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pause(ctx);
        long nowNanos = ctx.executor().ticker().nanoTime();
        if (!said || nowNanos - saidNanos >= TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
            log.accept("cannot accept on " + ctx.channel().localAddress() + ": " + OneLine.of(cause)
                    + "; what is open stays, and others are tried every second. If it goes on, raise the number of open"
                    + " files (ulimit -n, LimitNOFILE)");
            said = true;
            saidNanos = nowNanos;
        }
    }

    private static void pause(ChannelHandlerContext ctx) {
        ChannelConfig listener = ctx.channel().config();
        if (listener.isAutoRead()) {
            listener.setAutoRead(false);
            ctx.executor().schedule(() -> listener.setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
