package io.peerup.host.config;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a node, in the words of its file.
 *
 * @param file where it came from, an absolute path
 * @param identityKeyFile where the private key is, an absolute path
 * @param listenAddresses at least one
 * @param forcePrivateReachability whether the node takes it for given that nobody reaches it directly; default no
 * @param relayAddresses at least one, each ending in the relay's peer ID
 * @param reservationInterval how often to renew, at least a second; default 2 min
 * @param rendezvous the name of the network; default {@value #DEFAULT_RENDEZVOUS}
 * @param bootstrapPeers where to enter the DHT, each ending in a peer ID; empty for the relays
 * @param services in the order of the file
 * @param names what people call peers, in the order of the file; exact, case matters
 * @param limits what peers may cost the process
 */
public record NodeConfig(
        Path file,
        Path identityKeyFile,
        List<Multiaddr> listenAddresses,
        boolean forcePrivateReachability,
        List<Multiaddr> relayAddresses,
        Duration reservationInterval,
        String rendezvous,
        List<Multiaddr> bootstrapPeers,
        Security security,
        PingPong pingPong,
        Map<ServiceName, ServiceEntry> services,
        Map<String, PeerId> names,
        Telemetry telemetry,
        PeerLimits limits) {
    /** Used when the file names none. */
    public static final String DEFAULT_RENDEZVOUS = "peerup-default-network";

    /** Used when the file names none. */
    public static final Duration DEFAULT_RESERVATION_INTERVAL = Duration.ofMinutes(2);

    /** Rejects nonsense and copies the collections. */
    public NodeConfig {
        if (!file.isAbsolute() || !identityKeyFile.isAbsolute()) {
            throw new IllegalArgumentException("paths must be absolute");
        }
        if (listenAddresses.isEmpty() || relayAddresses.isEmpty()) {
            throw new IllegalArgumentException("at least one address to listen on and one relay");
        }
        if (reservationInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("reservationInterval must be at least 1s");
        }
        if (rendezvous.isBlank()) {
            throw new IllegalArgumentException("a blank rendezvous");
        }
        requirePeerIds(relayAddresses);
        requirePeerIds(bootstrapPeers);
        listenAddresses = List.copyOf(listenAddresses);
        relayAddresses = List.copyOf(relayAddresses);
        bootstrapPeers = List.copyOf(bootstrapPeers);
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    NodeConfig withServices(Map<ServiceName, ServiceEntry> others) {
        return new NodeConfig(
                file,
                identityKeyFile,
                listenAddresses,
                forcePrivateReachability,
                relayAddresses,
                reservationInterval,
                rendezvous,
                bootstrapPeers,
                security,
                pingPong,
                others,
                names,
                telemetry,
                limits);
    }

    private static void requirePeerIds(List<Multiaddr> addresses) {
        for (Multiaddr address : addresses) {
            if (address.peerId().isEmpty()) {
                throw new IllegalArgumentException("no peer ID in " + address);
            }
        }
    }
}
