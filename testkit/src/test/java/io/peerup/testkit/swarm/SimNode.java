package io.peerup.testkit.swarm;

import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.SwarmEvent;
import io.peerup.testkit.strands.SimStrands;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A swarm in simulated time on a network that is the test. */
final class SimNode {
    static final Multiaddr LISTEN = address("/ip4/11.0.0.1/tcp/4001");
    static final Optional<ConnectionLimit> LIMITED =
            Optional.of(new ConnectionLimit(Optional.of(Duration.ofMinutes(2)), Optional.of(131_072L)));
    private static final Multiaddr CIRCUIT = address(
            "/ip4/11.0.0.9/tcp/4001/p2p/" + Identity.ofEd25519Seed(new byte[32]).peerId() + "/p2p-circuit");

    final SimStrands strands = new SimStrands();
    final FakeTransport transport;
    final List<SwarmEvent> events = new ArrayList<>();
    final Identity identity = Identity.generate();
    final Swarm swarm;

    SimNode(SwarmConfig config, ConnectionGater gater) {
        swarm = new Swarm(identity.peerId(), config, gater, strands);
        transport = new FakeTransport(swarm.resources());
        swarm.subscribe(events::add);
        swarm.addTransport(transport);
    }

    static SimNode open() {
        return new SimNode(SwarmConfig.defaults(), ConnectionGater.open());
    }

    /** A circuit's address at the far end. */
    static Multiaddr circuit() {
        return CIRCUIT;
    }

    static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (ProtocolViolation typo) {
            throw new AssertionError(typo);
        }
    }

    SimNode listening() {
        swarm.listen(LISTEN);
        return this;
    }

    /** Dials, and lets the story begin. */
    CompletableFuture<DialOutcome> dial(PeerId peer, Multiaddr... addresses) {
        CompletionStage<DialOutcome> outcome = swarm.dial(peer, List.of(addresses));
        strands.runUntilIdle();
        return outcome.toCompletableFuture();
    }

    /** A peer comes in on a direct connection. */
    FakeMuxed accept(Identity who) {
        return accept(who, address("/ip4/11.0.0.2/tcp/50000"), Optional.empty());
    }

    /** A peer comes in through a relay that limits the circuit. */
    FakeMuxed acceptLimited(Identity who) {
        return accept(who, circuit(), LIMITED);
    }

    FakeMuxed accept(Identity who, Multiaddr from, Optional<ConnectionLimit> limit) {
        FakeMuxed muxed = new FakeMuxed();
        transport.accepts(who, from, limit, muxed);
        return muxed;
    }

    /** The newest connection. */
    Connection newest() {
        return swarm.connections().getLast();
    }

    <E extends SwarmEvent> List<E> heard(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
