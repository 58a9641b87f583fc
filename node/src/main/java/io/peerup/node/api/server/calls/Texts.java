package io.peerup.node.api.server.calls;

import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.PeerEntry;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.ServiceEntry;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Answers for people, as the original words them. */
final class Texts {
    private static final int SHORT_ID_CHARS = 16;

    private Texts() {}

    static String status(DaemonStatus status) {
        return "peer_id: " + status.peerId() + "\n"
                + "version: " + status.version() + "\n"
                + "uptime: " + status.uptimeSeconds() + "s\n"
                + "connected_peers: " + status.connectedPeers() + "\n"
                + "services: " + status.servicesCount() + "\n"
                + addresses("listen_addresses", status.listenAddresses())
                + addresses("relay_addresses", status.relayAddresses());
    }

    static String services(List<ServiceEntry> services) {
        return services.stream()
                .map(service -> String.join(
                                "\t",
                                service.name(),
                                service.localAddress(),
                                service.protocol(),
                                service.enabled() ? "enabled" : "disabled")
                        + "\n")
                .collect(Collectors.joining());
    }

    static String peers(List<PeerEntry> peers) {
        return peers.stream()
                .map(peer -> shortened(peer.id())
                        + "\t" + (peer.agentVersion() == null ? "unknown" : peer.agentVersion())
                        + "\t" + peer.addresses().size() + " addrs\n")
                .collect(Collectors.joining());
    }

    static String ping(String target, List<PingResult> results, PingStats stats) {
        String id = results.isEmpty() ? target : results.getFirst().peerId();
        return "PING " + target + " (" + shortened(id) + "):\n"
                + results.stream().map(Texts::ping).collect(Collectors.joining())
                + "--- " + target + " ping statistics ---\n"
                + String.format(
                        Locale.ROOT,
                        "%d sent, %d received, %.0f%% loss, rtt min/avg/max = %.1f/%.1f/%.1f ms\n",
                        stats.sent(),
                        stats.received(),
                        stats.lossPct(),
                        stats.minMs(),
                        stats.avgMs(),
                        stats.maxMs());
    }

    private static String ping(PingResult result) {
        return result.isAnswered()
                ? String.format(
                        Locale.ROOT, "seq=%d rtt=%.1fms path=[%s]\n", result.seq(), result.rttMs(), result.path())
                : "seq=" + result.seq() + " error=" + result.error() + "\n";
    }

    private static String addresses(String title, List<String> addresses) {
        return title + ": " + addresses.size() + "\n"
                + addresses.stream().map(address -> "  " + address + "\n").collect(Collectors.joining());
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(id.length(), SHORT_ID_CHARS)) + "...";
    }
}
