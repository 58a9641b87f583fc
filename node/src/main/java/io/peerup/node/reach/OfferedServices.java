package io.peerup.node.reach;

import io.peerup.host.config.InvalidValue;
import io.peerup.host.config.ServiceName;
import io.peerup.relay.program.CommandFailed;
import io.peerup.swarm.Connection;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmEvent;
import io.peerup.wire.PeerId;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The services that a connected peer says it offers.
 *
 * @param protocols what it speaks; empty when it has not told in time
 */
public record OfferedServices(Optional<Set<ProtocolId>> protocols) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern SERVICE = Pattern.compile("/peerup/([^/]+)/1\\.0\\.0");

    /** Waits until the peer has identified itself, for a few seconds, or has closed this connection to it. */
    public static OfferedServices of(Swarm swarm, Connection connection) throws InterruptedException {
        PeerId peer = connection.remotePeer();
        CompletableFuture<IdentifiedPeer> told = new CompletableFuture<>();
        Runnable stopHearing = swarm.subscribe(event -> {
            if (event instanceof SwarmEvent.PeerIdentified identified
                    && identified.peer().peer().equals(peer)) {
                told.complete(identified.peer());
            }
        });
        try {
            swarm.identified(peer).ifPresent(told::complete);
            connection.closed().thenAccept(why -> told.completeExceptionally(new ClosedChannelException()));
            return new OfferedServices(
                    Optional.of(swarm.strands().await(told, PATIENCE).protocols()));
        } catch (TimeoutException | ExecutionException silent) {
            return new OfferedServices(Optional.empty());
        } finally {
            stopHearing.run();
        }
    }

    /**
     * Fails when the peer has told what it offers and this is not in it.
     *
     * @param peerName what to call the peer
     */
    public void require(ServiceName service, String peerName) throws CommandFailed {
        if (protocols.isPresent() && !protocols.get().contains(service.protocolId())) {
            Set<String> names = names();
            throw new CommandFailed(peerName + " offers no service " + service
                    + (names.isEmpty() ? "; it offers none" : "; it offers " + String.join(", ", names))
                    + "; there, run: peerup service add " + service + " HOST:PORT, and restart its daemon");
        }
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (ProtocolId protocol : protocols.orElse(Set.of())) {
            Matcher matcher = SERVICE.matcher(protocol.toString());
            if (matcher.matches() && isService(matcher.group(1))) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static boolean isService(String name) {
        try {
            ServiceName.parse(name);
            return true;
        } catch (InvalidValue reserved) {
            return false;
        }
    }
}
