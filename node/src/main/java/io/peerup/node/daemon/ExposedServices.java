package io.peerup.node.daemon;

import io.peerup.host.Host;
import io.peerup.host.config.NodeConfig;
import io.peerup.host.config.ServiceEntry;
import io.peerup.host.config.ServiceName;
import io.peerup.node.proxy.ExposedService;
import io.peerup.node.proxy.ServiceProtocol;
import io.peerup.node.proxy.SessionEvent;
import io.peerup.node.proxy.netty.LocalSockets;
import io.peerup.swarm.strands.Strands;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of the configuration that are enabled, each served as a protocol. */
final class ExposedServices {
    private static final Logger LOG = LoggerFactory.getLogger(ExposedServices.class);

    private final Strands strands;
    private final List<ServiceProtocol> protocols;

    private ExposedServices(Strands strands, List<ServiceProtocol> protocols) {
        this.strands = strands;
        this.protocols = protocols;
    }

    static ExposedServices none(Host host) {
        return new ExposedServices(host.strands(), List.of());
    }

    /** Serves them on this host from now on. */
    static ExposedServices of(NodeConfig config, Host host) {
        LocalSockets sockets = new LocalSockets(host.loops(), host.swarm().resources());
        List<ServiceProtocol> protocols = config.services().entrySet().stream()
                .filter(entry -> entry.getValue().enabled())
                .map(ExposedServices::service)
                .map(service -> new ServiceProtocol(
                        service, sockets, host.strands(), host.swarm().protections(), ExposedServices::tell))
                .toList();
        protocols.forEach(host.swarm()::handle);
        return new ExposedServices(host.strands(), protocols);
    }

    int enabled() {
        return protocols.size();
    }

    /** Ends all sessions; {@code patience} is for all of them together. */
    void close(Duration patience) throws InterruptedException {
        long begun = strands.nanoTime();
        for (ServiceProtocol protocol : protocols) {
            Duration left = patience.minusNanos(strands.nanoTime() - begun);
            protocol.close(left.isNegative() ? Duration.ZERO : left);
        }
    }

    private static ExposedService service(Map.Entry<ServiceName, ServiceEntry> entry) {
        ServiceEntry service = entry.getValue();
        return new ExposedService(
                entry.getKey().value(),
                entry.getKey().protocolId(),
                InetSocketAddress.createUnresolved(
                        service.localAddress().host(), service.localAddress().port()),
                service.allowedPeers());
    }

    private static void tell(SessionEvent event) {
        switch (event) {
            case SessionEvent.Opened opened -> LOG.info("{}", opened.line());
            case SessionEvent.Ended ended -> LOG.info("{}", ended.line());
            case SessionEvent.Failed failed -> LOG.warn("{}", failed.line());
        }
    }
}
