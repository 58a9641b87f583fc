package io.peerup.host;

import io.peerup.host.config.PeerLimits;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.limits.Machine;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.yamux.YamuxConfig;
import java.util.List;

/**
 * What a host is made of.
 *
 * @param identity who we are
 * @param listen where to listen; may be empty for a host that only dials
 * @param gater who may connect
 * @param agent what identify says we are, such as {@code peerup/0.1.0}
 * @param eventLoops threads for the data plane; default 2
 */
public record HostConfig(
        Identity identity,
        List<Multiaddr> listen,
        ConnectionGater gater,
        String agent,
        int eventLoops,
        SwarmConfig swarm,
        YamuxConfig yamux) {
    /** Copies the list. */
    public HostConfig {
        listen = List.copyOf(listen);
    }

    /** A host with an open gate and default limits. */
    public static HostConfig of(Identity identity, String agent) {
        return new HostConfig(
                identity, List.of(), ConnectionGater.open(), agent, 2, SwarmConfig.defaults(), YamuxConfig.defaults());
    }

    /** The same, listening. */
    public HostConfig listeningOn(List<Multiaddr> addresses) {
        return new HostConfig(identity, addresses, gater, agent, eventLoops, swarm, yamux);
    }

    /** The same behind a gate. */
    public HostConfig gatedBy(ConnectionGater gate) {
        return new HostConfig(identity, listen, gate, agent, eventLoops, swarm, yamux);
    }

    /** The same with what a person set, as far as this machine has it. */
    public HostConfig limitedTo(PeerLimits limits) {
        return withLimits(swarm.withLimits(limits.on(Machine.here())), yamux);
    }

    /** The same with other limits. */
    public HostConfig withLimits(SwarmConfig swarmLimits, YamuxConfig yamuxLimits) {
        return new HostConfig(identity, listen, gater, agent, eventLoops, swarmLimits, yamuxLimits);
    }
}
