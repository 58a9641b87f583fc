package io.peerup.swarm;

import io.peerup.swarm.DialOutcome.AddressFailure;
import io.peerup.swarm.strands.Strands;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The story of one dial: addresses are tried a little apart, the first that authenticates wins, and every other is
 * cancelled and closed before the story ends.
 */
final class DialRace {
    private final Strands strands;
    private final Function<Multiaddr, Transport> transports;
    private final Function<UpgradedConnection, Connection> adopt;
    private final Duration patience;

    /**
     * A race.
     *
     * @param transports the transport for an address that is known to have one
     * @param adopt takes the winner in, or throws; called on the connection's event loop, at most once a race
     * @param patience for the whole race
     */
    DialRace(
            Strands strands,
            Function<Multiaddr, Transport> transports,
            Function<UpgradedConnection, Connection> adopt,
            Duration patience) {
        this.strands = strands;
        this.transports = transports;
        this.adopt = adopt;
        this.patience = patience;
    }

    /** What the runners of one race share. */
    private record Race(
            PeerId peer,
            Role role,
            CompletableFuture<Connection> winner,
            AtomicBoolean decided,
            AtomicInteger running,
            Map<Multiaddr, String> failures) {
        static Race between(int runners, PeerId peer, Role role) {
            return new Race(
                    peer,
                    role,
                    new CompletableFuture<>(),
                    new AtomicBoolean(),
                    new AtomicInteger(runners),
                    new ConcurrentHashMap<>());
        }
    }

    DialOutcome run(PeerId peer, DialPlan plan, Role role) throws InterruptedException {
        Race race = Race.between(plan.steps().size(), peer, role);
        try (Strands.StrandScope scope = strands.open("dial " + peer.shortId())) {
            for (DialPlan.Step step : plan.steps()) {
                scope.fork(step.address().toString(), () -> compete(race, step));
            }
            strands.await(race.winner(), patience);
        } catch (ExecutionException | TimeoutException nobody) {
            // Each address says below why.
        }
        return result(race, plan);
    }

    private DialPlan.Step compete(Race race, DialPlan.Step step) throws InterruptedException {
        try {
            strands.sleep(step.delay());
            attempt(race, step.address());
        } catch (ExecutionException | RuntimeException failed) {
            race.failures().put(step.address(), OneLine.of(failed));
        }
        if (race.running().decrementAndGet() == 0 && !race.winner().isDone()) {
            race.winner().completeExceptionally(new IllegalStateException("every address failed"));
        }
        return step;
    }

    private void attempt(Race race, Multiaddr address) throws ExecutionException, InterruptedException {
        AtomicBoolean arrived = new AtomicBoolean();
        Transport.Attempt<Connection> attempt = transports
                .apply(address)
                .dial(address, race.peer(), race.role(), upgraded -> arrive(race, upgraded, arrived));
        try {
            strands.await(attempt.connection());
        } catch (InterruptedException cancelled) {
            // The end of the race interrupts the winner, too, which may not have heard yet that it has arrived.
            if (!arrived.get()) {
                attempt.cancel();
            }
            throw cancelled;
        }
    }

    /** On the event loop of the connection that has arrived. */
    private Connection arrive(Race race, UpgradedConnection upgraded, AtomicBoolean arrived) {
        if (!race.decided().compareAndSet(false, true)) {
            upgraded.muxed().close(ErrorCode.NONE.connectionCode());
            throw new IllegalStateException("another address was faster");
        }
        try {
            Connection connection = adopt.apply(upgraded);
            arrived.set(true);
            race.winner().complete(connection);
            return connection;
        } catch (RuntimeException notWanted) {
            race.winner().completeExceptionally(notWanted);
            throw notWanted;
        }
    }

    /** Every runner has ended. One that arrived at the last moment has still won; later ones are closed. */
    private DialOutcome result(Race race, DialPlan plan) throws InterruptedException {
        if (race.decided().getAndSet(true)) {
            try {
                strands.await(race.winner());
            } catch (ExecutionException notWanted) {
                // Told as the failure of its address.
            }
        }
        if (race.winner().state() == Future.State.SUCCESS) {
            return new DialOutcome.Connected(race.winner().resultNow(), true);
        }
        String unanswered = "no answer within " + patience.toSeconds() + " s";
        List<AddressFailure> failures = plan.steps().stream()
                .map(DialPlan.Step::address)
                .map(address -> new AddressFailure(address, race.failures().getOrDefault(address, unanswered)))
                .toList();
        return new DialOutcome.Failed(race.peer(), failures);
    }
}
