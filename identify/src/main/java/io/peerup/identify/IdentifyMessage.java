package io.peerup.identify;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import java.util.List;
import java.util.Optional;

/**
 * What a peer says about itself. Hearsay, until {@link Claims} has looked at it. What was not said is empty.
 *
 * @param publicKey the key as protobuf
 * @param observed where the speaker sees the listener
 * @param signedPeerRecord an envelope, unopened
 */
public record IdentifyMessage(
        byte[] publicKey,
        List<Multiaddr> listenAddresses,
        List<ProtocolId> protocols,
        Optional<Multiaddr> observed,
        String protocolVersion,
        String agentVersion,
        Optional<byte[]> signedPeerRecord) {
    /** Copies the lists. */
    public IdentifyMessage {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }

    /** The same, said to somebody seen at {@code address}. */
    public IdentifyMessage toSomebodyAt(Multiaddr address) {
        return new IdentifyMessage(
                publicKey,
                listenAddresses,
                protocols,
                Optional.of(address),
                protocolVersion,
                agentVersion,
                signedPeerRecord);
    }
}
