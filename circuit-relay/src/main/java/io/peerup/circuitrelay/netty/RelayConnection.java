package io.peerup.circuitrelay.netty;

import io.peerup.swarm.AddressBook;
import io.peerup.swarm.Connection;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.Swarm;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Direct connections to relays: a relay that is itself reached through a relay is of no use. From any thread. */
public final class RelayConnection {
    private RelayConnection() {}

    /**
     * The direct connection there is, or a new one; fails with one line.
     *
     * @param addresses where the relay is, besides what the address book knows
     */
    public static CompletionStage<Connection> to(Swarm swarm, PeerId relay, Collection<Multiaddr> addresses) {
        Optional<Connection> existing = existing(swarm, relay);
        if (existing.isPresent()) {
            return CompletableFuture.completedStage(existing.get());
        }
        long now = swarm.strands().nanoTime();
        swarm.addressBook().add(relay, addresses, AddressBook.HEARSAY, now);
        List<Multiaddr> direct = swarm.addressBook().addresses(relay, now).stream()
                .filter(address -> !address.isRelayed())
                .toList();
        return swarm.dial(relay, direct).thenCompose(outcome -> switch (outcome) {
            case DialOutcome.Connected(Connection connection, boolean fresh) ->
                connection.isRelayed()
                        ? failed(relay + " was reached through another relay only")
                        : CompletableFuture.completedStage(connection);
            case DialOutcome.Failed failure -> failed(failure.line());
            case DialOutcome.Itself itself -> failed("the relay " + relay + " is this node itself");
            case DialOutcome.Gated gated -> failed("the relay " + relay + " may not be dialed");
        });
    }

    /** The newest direct connection to a peer, if there is one. */
    public static Optional<Connection> existing(Swarm swarm, PeerId peer) {
        return swarm.connections(peer).stream()
                .filter(connection -> !connection.isRelayed())
                .reduce((older, newer) -> newer);
    }

    private static <T> CompletionStage<T> failed(String why) {
        return CompletableFuture.failedStage(new StreamRefused(StreamRefused.Cause.NOT_CONNECTED, why));
    }
}
