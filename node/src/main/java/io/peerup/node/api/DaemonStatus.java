package io.peerup.node.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A daemon at one moment. The first seven are the Go original's; its clients ignore the others, and from its daemon the
 * others are absent or empty.
 *
 * @param listenAddresses where the daemon can be reached without a relay
 * @param relayAddresses where it can be reached through one
 * @param configFile absolute path
 */
public record DaemonStatus(
        String peerId,
        String version,
        long uptimeSeconds,
        int connectedPeers,
        List<String> listenAddresses,
        List<String> relayAddresses,
        int servicesCount,
        @Nullable String configFile,
        List<RelayStatus> relays,
        List<ConnectionStatus> connections) {
    /** Takes an absent list, which the original writes for an empty one, as empty. */
    public DaemonStatus {
        listenAddresses = Json.list(listenAddresses);
        relayAddresses = Json.list(relayAddresses);
        relays = Json.list(relays);
        connections = Json.list(connections);
    }
}
