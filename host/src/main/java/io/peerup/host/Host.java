package io.peerup.host;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.RelayAccess;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.circuitrelay.netty.CircuitTransport;
import io.peerup.circuitrelay.service.Relay;
import io.peerup.circuitrelay.service.ReservationKeeper;
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
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.yamux.netty.Yamux;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A libp2p host. Owns its event loops and everything on them. It is put together first and opened after that, so that
 * whatever it serves is there before the first peer can ask:
 *
 * <pre>{@code
 * Host host = Host.assemble(config);
 * host.swarm().handle(protocol);
 * host.listen(addresses);
 * host.keepReservations(relays, (relay, state) -> log(state.line()));
 * }</pre>
 */
public final class Host {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Identity identity;
    private final EventLoops loops;
    private final Swarm swarm;
    private final Identify identify;
    private final List<AutoCloseable> services = Collections.synchronizedList(new ArrayList<>());

    private Host(Identity identity, EventLoops loops, Swarm swarm, Identify identify) {
        this.identity = identity;
        this.loops = loops;
        this.swarm = swarm;
        this.identify = identify;
    }

    /** A host that dials, over TCP and through relays, and serves identify and ping; it listens on nothing yet. */
    public static Host assemble(HostConfig config) {
        EventLoops loops = EventLoops.start(config.eventLoops());
        Strands strands = new VirtualStrands();
        Swarm swarm = new Swarm(config.identity().peerId(), config.swarm(), config.gater(), strands);
        Upgrader upgrader = new Upgrader(
                List.of(Noise.of(config.identity())),
                List.of(new Yamux(config.yamux())),
                swarm.gater(),
                swarm.resources(),
                config.swarm().upgradeTimeout());
        swarm.addTransport(new TcpTransport(loops, upgrader, CONNECT_TIMEOUT));
        CircuitTransport.addTo(swarm, upgrader);
        swarm.handle(new PingProtocol());
        Introduction introduction = Introduction.of(config.identity(), config.agent());
        return new Host(config.identity(), loops, swarm, Identify.start(swarm, introduction, Host::unixNanos));
    }

    /**
     * A host that listens where its configuration says.
     *
     * @throws IOException with one line when an address cannot be bound; then nothing of the host remains
     */
    public static Host start(HostConfig config) throws IOException, InterruptedException {
        Host host = assemble(config);
        try {
            host.listen(config.listen());
        } catch (IOException failed) {
            host.close(Duration.ZERO);
            throw failed;
        }
        return host;
    }

    /**
     * Binds every address that a transport knows. Waits.
     *
     * @return what was left out: addresses of transports that this host does not have, and IPv6 where the machine has none
     * @throws IOException with one line when an address cannot be bound, such as a port in use
     */
    public List<Multiaddr> listen(List<Multiaddr> addresses) throws IOException, InterruptedException {
        List<Multiaddr> leftOut = new ArrayList<>();
        for (Multiaddr address : addresses) {
            try {
                swarm.strands().await(swarm.listen(address));
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof UnsupportedOperationException)
                        && !AddressFamilies.isMissingHere(address)) {
                    throw new IOException(
                            OneLine.of(failed) + "; choose another under network.listen_addresses", failed);
                }
                leftOut.add(address);
            }
        }
        return leftOut;
    }

    /** Relays for others from now on. */
    public Relay serveRelay(RelayLimits limits) {
        Relay relay = Relay.start(swarm, identity, limits, RelayAccess.open(), InstantSource.system());
        services.add(relay);
        return relay;
    }

    /**
     * Accepts circuits, and keeps a reservation at each of these relays until the host is closed. Waits for nothing.
     *
     * @param changed told whenever we stand differently with a relay
     */
    public ReservationKeeper keepReservations(List<StaticRelay> relays, BiConsumer<PeerId, ReservationState> changed) {
        swarm.listen(CircuitAddress.ANY);
        ReservationKeeper keeper = ReservationKeeper.start(swarm, relays, InstantSource.system(), changed);
        services.add(keeper);
        return keeper;
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
        return swarm.strands();
    }

    /**
     * Stops: services and listeners first, then streams with a little patience, then connections and loops. Waits;
     * safe to call twice.
     */
    public void close(Duration patience) throws InterruptedException {
        for (AutoCloseable service : List.copyOf(services)) {
            close(service);
        }
        identify.close();
        swarm.close(patience);
        loops.close().await();
    }

    private static void close(AutoCloseable service) throws InterruptedException {
        try {
            service.close();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception bug) {
            throw new IllegalStateException("a service of the host failed to close", bug);
        }
    }

    private static long unixNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
