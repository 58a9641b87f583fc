package io.peerup.swarm;

import io.peerup.swarm.DialOutcome.AddressFailure;
import io.peerup.swarm.strands.Strands;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
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
     * @param adopt takes the winner in; called on the connection's event loop, at most once a race
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

    DialOutcome run(PeerId peer, DialPlan plan, Role role) throws InterruptedException {
        if (plan.steps().isEmpty()) {
            return new DialOutcome.Failed(peer, List.of());
        }
        List<AddressFailure> failures = new CopyOnWriteArrayList<>();
        CompletableFuture<Connection> winner = new CompletableFuture<>();
        AtomicBoolean won = new AtomicBoolean();
        AtomicInteger open = new AtomicInteger(plan.steps().size());
        try (Strands.StrandScope scope = strands.open("dial " + peer.shortId())) {
            for (DialPlan.Step step : plan.steps()) {
                scope.fork(step.address().toString(), () -> {
                    try {
                        strands.sleep(step.delay());
                        winner.complete(attempt(peer, step.address(), role, won));
                    } catch (ExecutionException failed) {
                        failures.add(new AddressFailure(step.address(), OneLine.of(failed)));
                    }
                    if (open.decrementAndGet() == 0) {
                        winner.completeExceptionally(new IllegalStateException("every address failed"));
                    }
                    return step;
                });
            }
            return new DialOutcome.Connected(strands.await(winner, patience), true);
        } catch (ExecutionException allFailed) {
            return new DialOutcome.Failed(peer, List.copyOf(failures));
        } catch (TimeoutException tooLong) {
            failures.add(new AddressFailure(
                    plan.steps().getFirst().address(), "no answer within " + patience.toSeconds() + " s"));
            return new DialOutcome.Failed(peer, List.copyOf(failures));
        }
    }

    private Connection attempt(PeerId peer, Multiaddr address, Role role, AtomicBoolean won)
            throws ExecutionException, InterruptedException {
        Transport.Attempt<Connection> attempt = transports.apply(address).dial(address, peer, role, upgraded -> {
            if (!won.compareAndSet(false, true)) {
                upgraded.muxed().close(ErrorCode.NONE.connectionCode());
                throw new IllegalStateException("another address was faster");
            }
            return adopt.apply(upgraded);
        });
        try {
            return strands.await(attempt.connection());
        } catch (InterruptedException cancelled) {
            attempt.cancel();
            throw cancelled;
        }
    }
}
