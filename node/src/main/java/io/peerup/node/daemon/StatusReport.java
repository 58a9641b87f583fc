package io.peerup.node.daemon;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.host.Host;
import io.peerup.host.config.NodeConfig;
import io.peerup.node.api.ConnectionStatus;
import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.PeerEntry;
import io.peerup.node.api.RelayStatus;
import io.peerup.node.api.Way;
import io.peerup.node.reach.PeerNames;
import io.peerup.relay.program.Version;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Direction;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.SelfAddresses.Advertised;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node knows about itself and its peers, as the API tells it. */
final class StatusReport {
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final List<String> OUR_AGENTS = List.of("peerup/", "relay-server/");

    private final NodeConfig config;
    private final Host host;
    private final PeerNames names;
    private final Supplier<Map<PeerId, ReservationState>> relayStates;
    private final long startedNanos;

    StatusReport(NodeConfig config, Host host, PeerNames names, Supplier<Map<PeerId, ReservationState>> relayStates) {
        this.config = config;
        this.host = host;
        this.names = names;
        this.relayStates = relayStates;
        this.startedNanos = host.strands().nanoTime();
    }

    DaemonStatus now(int services) {
        List<String> own = host.swarm().selfAddresses().advertised().stream()
                .map(Advertised::address)
                .map(Multiaddr::toString)
                .toList();
        List<Connection> connections = host.swarm().connections();
        return new DaemonStatus(
                host.peerId().toString(),
                Version.number(),
                secondsSince(startedNanos),
                (int) connections.stream()
                        .map(Connection::remotePeer)
                        .distinct()
                        .count(),
                own.stream().filter(address -> !isCircuit(address)).toList(),
                own.stream().filter(StatusReport::isCircuit).toList(),
                services,
                config.file().toString(),
                relays(),
                connections.stream().map(this::connection).toList());
    }

    List<PeerEntry> peers(boolean all) {
        return host.swarm().connections().stream()
                .map(Connection::remotePeer)
                .distinct()
                .map(this::peer)
                .filter(peer -> all || isOurs(peer.agentVersion()))
                .toList();
    }

    private List<RelayStatus> relays() {
        Map<PeerId, ReservationState> states = relayStates.get();
        return config.relayAddresses().stream()
                .map(address -> {
                    PeerId relay = address.peerId().orElseThrow();
                    ReservationState state = states.getOrDefault(relay, new ReservationState.Connecting());
                    return new RelayStatus(
                            relay.toString(),
                            address.toString(),
                            RelayLines.line(state, host.peerId()),
                            state instanceof ReservationState.Reserved);
                })
                .toList();
    }

    private ConnectionStatus connection(Connection connection) {
        OptionalLong roundTrip = connection.roundTripNanos();
        return new ConnectionStatus(
                connection.remotePeer().toString(),
                names.nameOf(connection.remotePeer()).orElse(null),
                Asked.path(connection),
                connection.remote().toString(),
                connection.direction() == Direction.INBOUND ? Way.INBOUND : Way.OUTBOUND,
                connection.limit().isPresent(),
                relay(connection),
                roundTrip.isPresent() ? (Double) (roundTrip.getAsLong() / NANOS_PER_MILLI) : null,
                secondsSince(connection.openedNanos()));
    }

    private PeerEntry peer(PeerId peer) {
        return new PeerEntry(
                peer.toString(),
                host.swarm().connections(peer).stream()
                        .map(connection -> connection.remote().toString())
                        .toList(),
                host.swarm().identified(peer).map(IdentifiedPeer::agent).orElse(null));
    }

    private long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(host.strands().nanoTime() - nanos);
    }

    private static @Nullable String relay(Connection connection) {
        return CircuitAddress.of(connection.remote())
                .map(circuit -> circuit.relay().toString())
                .orElse(null);
    }

    private static boolean isCircuit(String address) {
        return address.contains("/p2p-circuit");
    }

    private static boolean isOurs(@Nullable String agent) {
        return agent != null && OUR_AGENTS.stream().anyMatch(agent::startsWith);
    }
}
