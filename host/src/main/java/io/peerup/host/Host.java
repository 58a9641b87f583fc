package io.peerup.host;

import io.peerup.identify.Introduction;
import io.peerup.identify.netty.PingProtocol;
import io.peerup.identify.service.Identify;
import io.peerup.noise.netty.Noise;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.VirtualStrands;
import io.peerup.tcp.EventLoops;
import io.peerup.tcp.TcpTransport;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.yamux.netty.Yamux;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A running host. Owns its event loops and everything on them. */
public final class Host {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final EventLoops loops;
    private final Strands strands;
    private final Swarm swarm;
    private final Identify identify;

    private Host(EventLoops loops, Strands strands, Swarm swarm, Identify identify) {
        this.loops = loops;
        this.strands = strands;
        this.swarm = swarm;
        this.identify = identify;
    }

    /**
     * Starts a host and binds its listeners.
     *
     * @throws IOException with one line when an address cannot be bound; then nothing of the host remains
     */
    public static Host start(HostConfig config) throws IOException, InterruptedException {
        EventLoops loops = EventLoops.start(config.eventLoops());
        Strands strands = new VirtualStrands();
        Swarm swarm = new Swarm(config.identity().peerId(), config.swarm(), config.gater(), strands);
        Upgrader upgrader = new Upgrader(
                List.of(Noise.of(config.identity())),
                List.of(new Yamux(config.yamux())),
                config.gater(),
                config.swarm().upgradeTimeout());
        swarm.addTransport(new TcpTransport(loops, upgrader, CONNECT_TIMEOUT));
        swarm.handle(new PingProtocol());
        Introduction introduction = Introduction.of(config.identity(), config.agent());
        Host host = new Host(loops, strands, swarm, Identify.start(swarm, introduction, Host::unixNanos));
        for (Multiaddr address : config.listen()) {
            try {
                strands.await(swarm.listen(address));
            } catch (ExecutionException failed) {
                host.close(Duration.ZERO);
                throw new IOException(OneLine.of(failed), failed);
            }
        }
        return host;
    }

    /** Our peer ID. */
    public PeerId peerId() {
        return swarm.self();
    }

    /** The connections and what is known about peers. */
    public Swarm swarm() {
        return swarm;
    }

    /** The event loops, for sockets that belong beside the host's own. */
    public EventLoops loops() {
        return loops;
    }

    /** Stories of this host. */
    public Strands strands() {
        return strands;
    }

    /**
     * Stops: listeners first, then streams with a little patience, then connections and loops. Waits; safe to call
     * twice.
     */
    public void close(Duration patience) throws InterruptedException {
        identify.close();
        swarm.close(patience);
        loops.close().await();
    }

    private static long unixNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
