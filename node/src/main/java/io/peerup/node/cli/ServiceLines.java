package io.peerup.node.cli;

import io.peerup.host.config.ServiceEntry;
import io.peerup.host.config.ServiceName;

/** Services as people read them. */
final class ServiceLines {
    private ServiceLines() {}

    static String line(ServiceName name, ServiceEntry service) {
        String allowed = service.allowedPeers()
                .map(peers -> "  for " + peers.size() + " peer(s)")
                .orElse("");
        return "  %-12s -> %-20s (%s)%s"
                .formatted(name, service.localAddress(), service.enabled() ? "enabled" : "disabled", allowed);
    }
}
