package io.peerup.identify;

import io.peerup.swarm.IdentifiedPeer;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.PeerRecord;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import java.util.HashSet;
import java.util.List;

/** What is believed of a message, knowing who really sent it and from where. */
public final class Claims {
    private Claims() {}

    /**
     * Checks the message against the connection it came over.
     *
     * @param sender proven by the security handshake
     * @param from the sender's end of the connection
     */
    public static IdentifiedPeer believe(IdentifyMessage message, PeerId sender, Multiaddr from)
            throws ProtocolViolation {
        requireOwnKey(message.publicKey(), sender);
        return new IdentifiedPeer(
                sender,
                message.agentVersion(),
                message.protocolVersion(),
                new HashSet<>(message.protocols()),
                AddressSelection.speakable(addresses(message, sender), from),
                message.observed());
    }

    private static void requireOwnKey(byte[] key, PeerId sender) throws ProtocolViolation {
        if (key.length > 0 && !PeerId.of(PublicKey.fromProtobuf(key)).equals(sender)) {
            throw new ProtocolViolation(IdentifyRule.FOREIGN_KEY, "a key that is not " + sender + "'s");
        }
    }

    /** The signed ones if they are signed well and by the sender about itself; else what is merely said. */
    private static List<Multiaddr> addresses(IdentifyMessage message, PeerId sender) {
        if (message.signedPeerRecord().isPresent()) {
            try {
                PeerRecord record = PeerRecord.open(message.signedPeerRecord().get());
                if (record.peerId().equals(sender)) {
                    return record.addresses();
                }
            } catch (ProtocolViolation badEnvelope) {
                return message.listenAddresses();
            }
        }
        return message.listenAddresses();
    }
}
