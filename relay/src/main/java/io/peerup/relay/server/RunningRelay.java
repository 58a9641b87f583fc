package io.peerup.relay.server;

import io.peerup.circuitrelay.service.Relay;
import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.host.authorization.AuthorizationGate;
import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.RelayServerConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.host.identity.IdentityFile;
import io.peerup.relay.program.Foreground;
import io.peerup.relay.program.Version;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.SelfAddresses.Advertised;
import io.peerup.swarm.limits.Machine;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay that serves. */
public final class RunningRelay implements Foreground.Server {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRelay.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Host host;
    private final Relay relay;
    private final Optional<AuthorizationGate> gate;
    private final List<Multiaddr> leftOut;

    private RunningRelay(Host host, Relay relay, Optional<AuthorizationGate> gate, List<Multiaddr> leftOut) {
        this.host = host;
        this.relay = relay;
        this.gate = gate;
        this.leftOut = leftOut;
    }

    /**
     * Reads the files that the configuration names, creates the identity if there is none, and listens.
     *
     * @throws IOException with one line when a file is not usable or an address cannot be bound; then nothing remains
     */
    public static RunningRelay start(RelayServerConfig config) throws IOException, InterruptedException {
        Optional<AuthorizationGate> gate = gate(config);
        Identity identity = IdentityFile.at(config.identityKeyFile()).loadOrCreate();
        Host host = Host.assemble(HostConfig.of(identity, "relay-server/" + Version.number())
                .gatedBy(gate.<ConnectionGater>map(open -> open).orElseGet(ConnectionGater::open))
                .limitedTo(config.limits()));
        config.limits().beyond(Machine.here()).forEach(LOG::warn);
        gate.ifPresent(open -> open.guard(host.swarm()));
        Relay relay = host.serveRelay(config.relayLimits());
        try {
            return new RunningRelay(host, relay, gate, host.listen(config.listenAddresses()));
        } catch (IOException failed) {
            gate.ifPresent(AuthorizationGate::close);
            host.close(Duration.ZERO);
            throw failed;
        }
    }

    /** Who the relay is. */
    public PeerId peerId() {
        return host.peerId();
    }

    /** Where it is, each address with its peer ID. */
    public List<Multiaddr> addresses() {
        return host.swarm().selfAddresses().advertised().stream()
                .map(Advertised::address)
                .map(address -> address.withPeerId(peerId()))
                .toList();
    }

    /** Configured addresses that this machine or this version cannot listen on. */
    public List<Multiaddr> leftOut() {
        return leftOut;
    }

    /** How many peers may connect; empty when everybody may. */
    public Optional<Integer> authorizedPeers() {
        return gate.map(open -> open.current().size());
    }

    /** Who holds a reservation. */
    public List<PeerId> reservations() {
        return relay.reservations();
    }

    @Override
    public void close() throws InterruptedException {
        gate.ifPresent(AuthorizationGate::close);
        host.close(PATIENCE);
    }

    private static Optional<AuthorizationGate> gate(RelayServerConfig config) throws FileProblem {
        Optional<Path> file = config.security().gate();
        return file.isEmpty() ? Optional.empty() : Optional.of(AuthorizationGate.of(AuthorizedKeysFile.at(file.get())));
    }
}
