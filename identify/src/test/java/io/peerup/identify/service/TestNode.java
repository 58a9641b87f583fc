package io.peerup.identify.service;

import io.peerup.identify.Introduction;
import io.peerup.identify.netty.PingProtocol;
import io.peerup.noise.netty.Noise;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.SwarmEvent;
import io.peerup.swarm.Upgrader;
import io.peerup.tcp.EventLoops;
import io.peerup.tcp.TcpTransport;
import io.peerup.testkit.strands.MovableClock;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real swarm over tcp, noise and yamux on loopback. */
final class TestNode implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Identity identity = Identity.generate();
    private final MovableClock strands = new MovableClock();
    private final EventLoops loops = EventLoops.start(1);
    private final Swarm swarm;
    private final List<IdentifiedPeer> identified = new CopyOnWriteArrayList<>();
    private Optional<Identify> identify = Optional.empty();

    TestNode() {
        SwarmConfig config = SwarmConfig.defaults();
        ConnectionGater open = ConnectionGater.open();
        swarm = new Swarm(identity.peerId(), config, open, strands);
        swarm.addTransport(new TcpTransport(
                loops,
                new Upgrader(
                        List.of(Noise.of(identity)),
                        List.of(new Yamux(YamuxConfig.defaults())),
                        open,
                        swarm.resources(),
                        config.upgradeTimeout()),
                Duration.ofSeconds(5)));
        swarm.subscribe(event -> latest(event).ifPresent(identified::add));
    }

    TestNode identifying(String agent) {
        swarm.handle(new PingProtocol());
        identify = Optional.of(Identify.start(swarm, Introduction.of(identity, agent), System::nanoTime));
        return this;
    }

    TestNode listening() throws Exception {
        swarm.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    Connection dial(TestNode other) throws Exception {
        DialOutcome outcome = swarm.dial(
                        other.peerId(), other.swarm().selfAddresses().listening())
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (outcome instanceof DialOutcome.Connected connected) {
            return connected.connection();
        }
        throw new AssertionError(outcome);
    }

    /** Waits until the latest that was learnt about a peer is so. */
    IdentifiedPeer awaitPeer(PeerId peer, Predicate<IdentifiedPeer> so) throws Exception {
        CompletableFuture<IdentifiedPeer> found = new CompletableFuture<>();
        Predicate<IdentifiedPeer> wanted = learnt -> learnt.peer().equals(peer) && so.test(learnt);
        Runnable stop = swarm.subscribe(event -> latest(event).filter(wanted).ifPresent(found::complete));
        identified.stream()
                .filter(learnt -> learnt.peer().equals(peer))
                .reduce((older, newer) -> newer)
                .filter(so)
                .ifPresent(found::complete);
        try {
            return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            stop.run();
        }
    }

    /** The node's clock jumps ahead; nothing that waits notices. */
    void jumpAhead(Duration time) {
        strands.moveOn(time);
    }

    Swarm swarm() {
        return swarm;
    }

    Identity identity() {
        return identity;
    }

    PeerId peerId() {
        return identity.peerId();
    }

    /** Everything that was learnt from identify and pushes, oldest first. */
    List<IdentifiedPeer> identified() {
        return List.copyOf(identified);
    }

    @Override
    public void close() throws InterruptedException {
        identify.ifPresent(Identify::close);
        swarm.close(Duration.ZERO);
        loops.close().await();
    }

    private static Optional<IdentifiedPeer> latest(SwarmEvent event) {
        return event instanceof SwarmEvent.PeerIdentified learnt ? Optional.of(learnt.peer()) : Optional.empty();
    }
}
