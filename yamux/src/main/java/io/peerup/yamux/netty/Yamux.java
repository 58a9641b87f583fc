package io.peerup.yamux.netty;

import io.netty.channel.Channel;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.Muxer;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.yamux.YamuxConfig;
import java.util.function.LongSupplier;

/** The muxer {@code /yamux/1.0.0}. Spec: libp2p/specs yamux/README.md (snapshot 7740c07). */
public final class Yamux implements Muxer {
    /** The name it is negotiated under. */
    public static final ProtocolId ID = ProtocolId.of("/yamux/1.0.0");

    private final YamuxConfig config;
    private final LongSupplier nanoClock;

    /** For all connections of a host. */
    public Yamux(YamuxConfig config) {
        this(config, System::nanoTime);
    }

    /** With another clock, for tests. */
    public Yamux(YamuxConfig config, LongSupplier nanoClock) {
        this.config = config;
        this.nanoClock = nanoClock;
    }

    @Override
    public ProtocolId id() {
        return ID;
    }

    @Override
    public MuxedConnection attach(Channel secured, Role role, MemoryBudget memory) {
        YamuxHandler handler = new YamuxHandler(secured, role, config, memory, nanoClock);
        secured.pipeline().addLast(handler);
        return handler;
    }
}
