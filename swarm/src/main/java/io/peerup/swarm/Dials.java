package io.peerup.swarm;

import io.peerup.swarm.DialOutcome.AddressFailure;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dials under way, one per peer. Whoever wants the same peer at the same time waits for that one, and dials for
 * himself only what it did not answer. Safe to use from any thread.
 */
final class Dials {
    private static final Logger LOG = LoggerFactory.getLogger(Dials.class);

    private final ConnectionGater gater;
    private final Function<Multiaddr, Optional<Transport>> transports;
    private final DialRace race;
    private final Strands.StrandScope stories;
    private final Map<PeerId, Dial> underWay = new ConcurrentHashMap<>();

    /** Dials as stories of the given scope; once that is closed every dial fails. */
    Dials(
            ConnectionGater gater,
            Function<Multiaddr, Optional<Transport>> transports,
            DialRace race,
            Strands.StrandScope stories) {
        this.gater = gater;
        this.transports = transports;
        this.race = race;
        this.stories = stories;
    }

    private record Dial(Set<Multiaddr> addresses, CompletableFuture<DialOutcome> outcome) {
        /** Whether somebody who wants these addresses has his answer as well. */
        boolean answers(Set<Multiaddr> wanted, DialOutcome end) {
            return end instanceof DialOutcome.Connected(Connection connection, boolean fresh)
                    ? !connection.isRelayed() || wanted.stream().anyMatch(Multiaddr::isRelayed)
                    : addresses.containsAll(wanted);
        }
    }

    /** Never completes exceptionally. */
    CompletionStage<DialOutcome> dial(PeerId peer, Collection<Multiaddr> addresses) {
        if (!gater.allowsDial(peer)) {
            return CompletableFuture.completedStage(new DialOutcome.Gated(peer));
        }
        Set<Multiaddr> dialable = new LinkedHashSet<>();
        List<AddressFailure> left = new ArrayList<>();
        for (Multiaddr address : addresses) {
            Optional<String> obstacle = obstacle(peer, address);
            obstacle.ifPresentOrElse(
                    why -> left.add(new AddressFailure(address, why)), () -> dialable.add(address.withoutPeerId()));
        }
        if (dialable.isEmpty()) {
            return CompletableFuture.completedStage(new DialOutcome.Failed(peer, left));
        }
        return dialOrJoin(peer, dialable).minimalCompletionStage();
    }

    private Optional<String> obstacle(PeerId peer, Multiaddr address) {
        if (!address.peerId().map(peer::equals).orElse(true)) {
            return Optional.of("is the address of somebody else");
        }
        if (transports.apply(address).isEmpty()) {
            return Optional.of("no transport for it");
        }
        return gater.allowsDial(peer, address) ? Optional.empty() : Optional.of("may not be dialed");
    }

    private CompletableFuture<DialOutcome> dialOrJoin(PeerId peer, Set<Multiaddr> wanted) {
        Dial dial = new Dial(wanted, new CompletableFuture<>());
        Dial other = underWay.putIfAbsent(peer, dial);
        if (other == null) {
            start(peer, dial);
            return dial.outcome();
        }
        return other.outcome()
                .thenCompose(end -> other.answers(wanted, end)
                        ? CompletableFuture.completedFuture(end)
                        : dialOrJoin(peer, unanswered(wanted, other, end)));
    }

    private static Set<Multiaddr> unanswered(Set<Multiaddr> wanted, Dial other, DialOutcome end) {
        Set<Multiaddr> rest = new LinkedHashSet<>(wanted);
        if (end instanceof DialOutcome.Failed) {
            rest.removeAll(other.addresses());
        }
        return rest;
    }

    private void start(PeerId peer, Dial dial) {
        DialPlan plan = DialPlan.of(List.copyOf(dial.addresses()));
        try {
            stories.fork("dial", () -> race.run(peer, plan, Role.INITIATOR))
                    .result()
                    .whenComplete((outcome, failure) -> {
                        if (failure != null && !Strand.isCancellation(failure)) {
                            LOG.error("the dial to {} failed", peer, failure);
                        }
                        end(peer, dial, outcome != null ? outcome : givenUp(peer, dial));
                    });
        } catch (IllegalStateException closed) {
            end(peer, dial, givenUp(peer, dial));
        }
    }

    private void end(PeerId peer, Dial dial, DialOutcome outcome) {
        underWay.remove(peer, dial);
        dial.outcome().complete(outcome);
    }

    private static DialOutcome givenUp(PeerId peer, Dial dial) {
        return new DialOutcome.Failed(
                peer,
                dial.addresses().stream()
                        .map(address -> new AddressFailure(address, "given up, this node stops"))
                        .toList());
    }
}
