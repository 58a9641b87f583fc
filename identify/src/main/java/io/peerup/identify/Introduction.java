package io.peerup.identify;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stays the same of what we say about ourselves.
 *
 * @param agent name and version, such as {@code peerup/0.1.0}
 * @param protocolVersion of the network we belong to, empty when there is nothing to say
 */
public record Introduction(Identity identity, String agent, String protocolVersion) {
    /** Rejects what no reader would accept. */
    public Introduction {
        IdentifyReader.requireReadable(agent);
        IdentifyReader.requireReadable(protocolVersion);
    }

    /** An introduction without a protocol version. */
    public static Introduction of(Identity identity, String agent) {
        return new Introduction(identity, agent, "");
    }

    /**
     * The message for an audience, complete but for the observed address, which differs from listener to listener.
     *
     * @param addresses all that we advertise
     * @param sequence of the signed record, see {@link RecordSequence}
     */
    public IdentifyMessage to(Audience audience, Set<ProtocolId> protocols, List<Multiaddr> addresses, long sequence) {
        List<Multiaddr> told = Usefulness.best(audience.select(addresses));
        PeerRecord record = new PeerRecord(identity.peerId(), sequence, told);
        return new IdentifyMessage(
                identity.publicKey().toProtobuf(),
                told,
                List.copyOf(new TreeSet<>(protocols)),
                Optional.empty(),
                protocolVersion,
                agent,
                Optional.of(record.seal(identity).bytes()));
    }

    /** Without the identity, which holds a private key. */
    @Override
    public String toString() {
        return "Introduction of " + agent;
    }
}
