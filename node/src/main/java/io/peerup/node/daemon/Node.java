package io.peerup.node.daemon;

import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.circuitrelay.service.ReservationKeeper;
import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.host.authorization.AuthorizationGate;
import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.NodeConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.host.identity.IdentityFile;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.DaemonApi;
import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.PeerEntry;
import io.peerup.node.api.PingListener;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.ProxyEntry;
import io.peerup.node.api.ProxyListener;
import io.peerup.node.api.ServiceEntry;
import io.peerup.node.pingpong.netty.PingPongProtocol;
import io.peerup.node.reach.PeerNames;
import io.peerup.node.reach.PeerReach;
import io.peerup.relay.program.Foreground;
import io.peerup.relay.program.Version;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.limits.Machine;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node. Everything that a command may ask of a daemon it does itself, so that a command needs no daemon. */
public final class Node implements DaemonApi, Foreground.Server {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String CONFIGURED = "configured-relay";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NodeConfig config;
    private final Host host;
    private final Optional<AuthorizationGate> gate;
    private final PeerNames names;
    private final ExposedServices services;
    private final Proxies proxies;
    private final Pings pings;
    private final List<Multiaddr> leftOut;
    private final Optional<ReservationKeeper> keeper;
    private final StatusReport status;
    private final Runnable stop;

    private Node(
            NodeConfig config,
            Host host,
            Optional<AuthorizationGate> gate,
            ExposedServices services,
            List<Multiaddr> leftOut,
            Optional<ReservationKeeper> keeper,
            Runnable stop) {
        this.config = config;
        this.host = host;
        this.gate = gate;
        this.names = new PeerNames(config.names());
        this.services = services;
        this.leftOut = leftOut;
        this.keeper = keeper;
        this.stop = stop;
        List<StaticRelay> relays = StaticRelay.of(config.relayAddresses());
        relays.forEach(relay -> host.swarm().protections().protect(relay.peer(), CONFIGURED));
        PeerReach reach = new PeerReach(host.swarm(), relays, names);
        this.proxies = new Proxies(host, names, reach);
        this.pings = new Pings(host.strands(), names, reach);
        this.status = new StatusReport(config, host, names, this::relayStates);
    }

    /**
     * A node that offers its services to authorized peers and can be reached through its relays.
     *
     * @param stop what {@link #shutdown} runs
     * @throws IOException with one line when a file is not usable or an address cannot be bound; then nothing remains
     */
    public static Node daemon(NodeConfig config, Runnable stop) throws IOException, InterruptedException {
        Optional<AuthorizationGate> gate = gate(config);
        Host host = host(config, gate);
        ExposedServices services = ExposedServices.of(config, host);
        if (config.pingPong().enabled()) {
            host.swarm().handle(new PingPongProtocol(config.pingPong().id()));
        }
        try {
            List<Multiaddr> leftOut = host.listen(config.listenAddresses());
            ReservationLog log = new ReservationLog(host.peerId());
            ReservationKeeper keeper = host.keepReservations(StaticRelay.of(config.relayAddresses()), log::changed);
            return new Node(config, host, gate, services, leftOut, Optional.of(keeper), stop);
        } catch (IOException failed) {
            gate.ifPresent(AuthorizationGate::close);
            host.close(Duration.ZERO);
            throw failed;
        }
    }

    /**
     * A node that only dials, for one command: it listens nowhere, offers nothing and holds no reservation.
     *
     * @throws IOException with one line when the identity is not usable
     */
    public static Node standalone(NodeConfig config) throws IOException {
        Host host = host(config, Optional.empty());
        return new Node(
                config, host, Optional.empty(), ExposedServices.none(host), List.of(), Optional.empty(), () -> {});
    }

    /** Who we are. */
    public PeerId peerId() {
        return host.peerId();
    }

    /** Configured addresses that this machine or this version cannot listen on. */
    public List<Multiaddr> leftOut() {
        return leftOut;
    }

    /** How many peers may connect; empty when everybody may. */
    public Optional<Integer> authorizedPeers() {
        return gate.map(open -> open.current().size());
    }

    @Override
    public DaemonStatus status() {
        return status.now(services.enabled());
    }

    @Override
    public List<ServiceEntry> services() {
        return config.services().entrySet().stream()
                .map(entry -> new ServiceEntry(
                        entry.getKey().value(),
                        entry.getKey().protocolId().toString(),
                        entry.getValue().localAddress().toString(),
                        entry.getValue().enabled()))
                .toList();
    }

    @Override
    public List<PeerEntry> peers(boolean all) {
        return status.peers(all);
    }

    @Override
    public PingStats ping(PingRequest request, PingListener listener) throws ApiProblem, InterruptedException {
        return pings.run(request, listener);
    }

    @Override
    public OpenedProxy connect(ConnectRequest request) throws ApiProblem, InterruptedException {
        return proxies.open(request);
    }

    @Override
    public void attach(ConnectRequest request, ProxyListener listener) throws ApiProblem, InterruptedException {
        proxies.attach(request, listener);
    }

    @Override
    public void disconnect(String id) throws ApiProblem {
        proxies.close(id);
    }

    @Override
    public List<ProxyEntry> proxies() {
        return proxies.list();
    }

    @Override
    public void shutdown() {
        stop.run();
    }

    @Override
    public void close() throws InterruptedException {
        proxies.close();
        gate.ifPresent(AuthorizationGate::close);
        services.close(PATIENCE);
        host.close(PATIENCE);
    }

    private Map<PeerId, ReservationState> relayStates() {
        return keeper.map(ReservationKeeper::states).orElse(Map.of());
    }

    private static Host host(NodeConfig config, Optional<AuthorizationGate> gate) throws IOException {
        Identity identity = IdentityFile.at(config.identityKeyFile()).loadOrCreate();
        Host host = Host.assemble(HostConfig.of(identity, "peerup/" + Version.number())
                .gatedBy(gate.<ConnectionGater>map(open -> open).orElseGet(ConnectionGater::open))
                .limitedTo(config.limits()));
        config.limits().beyond(Machine.here()).forEach(LOG::warn);
        gate.ifPresent(open -> open.guard(host.swarm()));
        return host;
    }

    private static Optional<AuthorizationGate> gate(NodeConfig config) throws FileProblem {
        Optional<Path> file = config.security().gate();
        return file.isEmpty() ? Optional.empty() : Optional.of(AuthorizationGate.of(AuthorizedKeysFile.at(file.get())));
    }
}
