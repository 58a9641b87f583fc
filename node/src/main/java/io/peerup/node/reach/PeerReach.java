package io.peerup.node.reach;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.relay.program.CommandFailed;
import io.peerup.swarm.AddressBook;
import io.peerup.swarm.Connection;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.DialOutcome.AddressFailure;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.Swarm;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Gets to peers: at the addresses that are known, and through every configured relay. Any thread. */
public final class PeerReach {
    private final Swarm swarm;
    private final List<StaticRelay> relays;
    private final PeerNames names;

    /** Reaches peers from this swarm through these relays. */
    public PeerReach(Swarm swarm, List<StaticRelay> relays, PeerNames names) {
        this.swarm = swarm;
        this.relays = List.copyOf(relays);
        this.names = names;
    }

    /**
     * The best connection to a peer; made if there is none. Waits, at most as long as the swarm dials.
     *
     * @throws CommandFailed with what stands in the way
     */
    public Connection connect(PeerId peer) throws CommandFailed, InterruptedException {
        try {
            return switch (swarm.strands().await(dial(peer))) {
                case DialOutcome.Connected(Connection connection, boolean fresh) -> connection;
                case DialOutcome.Itself itself ->
                    throw new CommandFailed(names.display(peer) + " is this machine itself");
                case DialOutcome.Gated gated -> throw new CommandFailed(names.display(peer) + " may not be dialed");
                case DialOutcome.Failed failed -> throw new CommandFailed(line(failed));
            };
        } catch (ExecutionException bug) {
            throw new CommandFailed("cannot reach " + names.display(peer) + ": " + OneLine.of(bug));
        }
    }

    /** The same without waiting. Never completes exceptionally. */
    public CompletionStage<DialOutcome> dial(PeerId peer) {
        swarm.addressBook()
                .add(
                        peer,
                        circuitsTo(peer),
                        AddressBook.CONFIGURED,
                        swarm.strands().nanoTime());
        return swarm.connect(peer);
    }

    /** What to do about a peer that has ended this connection; empty when it stands. Waits for the end for a moment. */
    public String remedyIfHungUp(Connection connection) throws InterruptedException {
        return Remedy.ifHungUp(connection, swarm);
    }

    private List<Multiaddr> circuitsTo(PeerId peer) {
        return relays.stream()
                .filter(relay -> !relay.peer().equals(peer))
                .flatMap(relay ->
                        relay.addresses().stream().map(address -> CircuitAddress.to(peer, address, relay.peer())))
                .toList();
    }

    private String line(DialOutcome.Failed failed) {
        String why = failed.failures().isEmpty()
                ? "no address is known, and no relay is configured"
                : failed.failures().stream().map(AddressFailure::why).distinct().collect(Collectors.joining("; "));
        return "cannot reach " + names.display(failed.peer()) + ": " + why + remedy(failed, why);
    }

    /** What says "cannot reach" in the reason never came further than the relay. */
    private String remedy(DialOutcome.Failed failed, String why) {
        boolean relayUnreached = failed.failures().stream()
                .anyMatch(one -> one.address().isRelayed() && one.why().contains("cannot reach"));
        return relayUnreached ? Remedy.atRelay(why, swarm.self()) : "";
    }
}
