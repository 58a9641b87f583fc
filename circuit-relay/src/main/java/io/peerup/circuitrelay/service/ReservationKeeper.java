package io.peerup.circuitrelay.service;

import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.circuitrelay.netty.HopClient;
import io.peerup.circuitrelay.netty.RelayConnection;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * Keeps a reservation at every relay that was chosen for us, one story each, for as long as it is open. A relay that
 * comes back has us again within five seconds. Our connections to these relays are not trimmed. May be used from any thread.
 */
public final class ReservationKeeper implements AutoCloseable {
    private static final ReservationState CONNECTING = new ReservationState.Connecting();
    private static final String KEPT = "kept-relay";
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);

    private final List<StaticRelay> relays;
    private final Map<PeerId, ReservationState> states = new ConcurrentHashMap<>();
    private final StrandScope stories;

    private ReservationKeeper(List<StaticRelay> relays, StrandScope stories) {
        this.relays = relays;
        this.stories = stories;
    }

    /**
     * Begins. What the reservations lead to is told to the swarm's own addresses.
     *
     * @param calendar to judge the times that relays tell
     * @param changed told whenever we stand differently with a relay, on the thread of its story
     */
    public static ReservationKeeper start(
            Swarm swarm,
            List<StaticRelay> relays,
            InstantSource calendar,
            BiConsumer<PeerId, ReservationState> changed) {
        ReservationKeeper keeper =
                new ReservationKeeper(List.copyOf(relays), swarm.strands().open("reservations"));
        for (StaticRelay relay : relays) {
            PeerId peer = relay.peer();
            KeptReservation story = new KeptReservation(
                    peer,
                    swarm.self(),
                    () -> RelayConnection.to(swarm, peer, relay.addresses()).thenApply(Session::new),
                    circuits -> swarm.selfAddresses().relayed(peer, circuits),
                    state -> {
                        keeper.states.put(peer, state);
                        changed.accept(peer, state);
                    },
                    swarm.strands(),
                    calendar,
                    () -> ThreadLocalRandom.current().nextDouble());
            swarm.protections()
                    .protectWhile(
                            peer,
                            KEPT,
                            keeper.stories.fork(peer.shortId(), story::run).result());
        }
        return keeper;
    }

    /** Where we stand with each relay, in the order in which they were given. */
    public Map<PeerId, ReservationState> states() {
        Map<PeerId, ReservationState> ordered = new LinkedHashMap<>();
        relays.forEach(relay -> ordered.put(relay.peer(), states.getOrDefault(relay.peer(), CONNECTING)));
        return Collections.unmodifiableMap(ordered);
    }

    /** Keeps no longer, and takes back what was told about our addresses. Waits; safe to call twice. */
    @Override
    public void close() {
        stories.close();
    }

    private record Session(Connection connection) implements RelaySession {
        @Override
        public CompletionStage<HopMessage.Status> reserve() {
            return HopClient.reserve(connection, ANSWER_PATIENCE);
        }

        @Override
        public Multiaddr relayAddress() {
            return connection.remote();
        }

        @Override
        public CompletionStage<?> closed() {
            return connection.closed();
        }
    }
}
