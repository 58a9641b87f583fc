package io.peerup.circuitrelay;

import io.peerup.wire.Component;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A way to a peer through one relay: {@code <where the relay is>/p2p/<relay>/p2p-circuit}, and behind it {@code
 * /p2p/<peer>} or nothing.
 *
 * @param relay the relay
 * @param relayAddress where it is, without its peer ID; empty when that must be known otherwise
 */
public record CircuitAddress(PeerId relay, Optional<Multiaddr> relayAddress) {
    /** What a node listens on to be reachable through relays; says nothing about which. */
    public static final Multiaddr ANY = Multiaddr.of(Component.Flag.P2P_CIRCUIT);

    /** What {@code address} says; empty when it is not the address of a circuit through exactly one relay. */
    public static Optional<CircuitAddress> of(Multiaddr address) {
        List<Component> components = address.components();
        int circuit = components.indexOf(Component.Flag.P2P_CIRCUIT);
        List<Component> behind = components.subList(circuit + 1, components.size());
        boolean leadsToOnePeer = behind.isEmpty() || (behind.size() == 1 && behind.getFirst() instanceof Component.P2p);
        if (circuit < 0 || !leadsToOnePeer || Collections.frequency(components, Component.Flag.P2P_CIRCUIT) > 1) {
            return Optional.empty();
        }
        Multiaddr relay = Multiaddr.of(components.subList(0, circuit));
        Optional<Multiaddr> where = Optional.of(relay.withoutPeerId())
                .filter(bare -> !bare.components().isEmpty());
        return relay.peerId().map(peer -> new CircuitAddress(peer, where));
    }

    /** The address of circuits through {@code relay}, which is at {@code relayAddress}. */
    public static Multiaddr through(Multiaddr relayAddress, PeerId relay) {
        return relayAddress.withPeerId(relay).encapsulate(Component.Flag.P2P_CIRCUIT);
    }

    /** The address of a circuit to {@code peer} through {@code relay}, which is at {@code relayAddress}. */
    public static Multiaddr to(PeerId peer, Multiaddr relayAddress, PeerId relay) {
        return through(relayAddress, relay).encapsulate(new Component.P2p(peer));
    }
}
