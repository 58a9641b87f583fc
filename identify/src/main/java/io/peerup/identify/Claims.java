package io.peerup.identify;

import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.PeerRecord;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is believed of a message, knowing from the handshake who really sent it, and from where. */
public final class Claims {
    private final PeerId sender;
    private final Audience reach;

    /**
     * Claims that come over one connection.
     *
     * @param sender proven by the handshake
     * @param from the sender's end of the connection; decides which addresses are worth remembering
     */
    public Claims(PeerId sender, Multiaddr from) {
        this.sender = sender;
        this.reach = Audience.at(from);
    }

    /** An answer, which is complete: what it does not say is not so. */
    public IdentifiedPeer answered(IdentifyMessage message) throws ProtocolViolation {
        requireSendersKey(message.publicKey());
        return new IdentifiedPeer(
                sender,
                message.agentVersion(),
                message.protocolVersion(),
                new HashSet<>(message.protocols()),
                addresses(message),
                message.observed());
    }

    /**
     * A push. The specification allows it to be partial, so what it does not say is as it was; go-libp2p always says
     * everything.
     */
    public IdentifiedPeer pushed(IdentifyMessage message, Optional<IdentifiedPeer> known) throws ProtocolViolation {
        requireSendersKey(message.publicKey());
        IdentifiedPeer before = known.orElse(new IdentifiedPeer(sender, "", "", Set.of(), List.of(), Optional.empty()));
        boolean saysAddresses = !message.listenAddresses().isEmpty()
                || message.signedPeerRecord().isPresent();
        return new IdentifiedPeer(
                sender,
                orElse(message.agentVersion(), before.agent()),
                orElse(message.protocolVersion(), before.protocolVersion()),
                message.protocols().isEmpty() ? before.protocols() : Set.<ProtocolId>copyOf(message.protocols()),
                saysAddresses ? addresses(message) : before.addresses(),
                message.observed());
    }

    /** The handshake has proven the key already; one that is said must be the same. */
    private void requireSendersKey(byte[] key) throws ProtocolViolation {
        if (key.length > 0 && !isSendersKey(key)) {
            throw new ProtocolViolation(IdentifyRule.FOREIGN_KEY, "a key that is not " + sender + "'s");
        }
    }

    private boolean isSendersKey(byte[] key) {
        try {
            return PublicKey.fromProtobuf(key).peerId().equals(sender);
        } catch (ProtocolViolation noKey) {
            return false;
        }
    }

    /** The signed ones if they are signed well and by the sender about itself; else what is merely said. */
    private List<Multiaddr> addresses(IdentifyMessage message) {
        return reach.select(message.signedPeerRecord()
                .flatMap(this::recordOfSender)
                .map(PeerRecord::addresses)
                .orElse(message.listenAddresses()));
    }

    private Optional<PeerRecord> recordOfSender(byte[] envelope) {
        try {
            return Optional.of(PeerRecord.open(envelope))
                    .filter(record -> record.peerId().equals(sender));
        } catch (ProtocolViolation badEnvelope) {
            return Optional.empty();
        }
    }

    private static String orElse(String said, String otherwise) {
        return said.isEmpty() ? otherwise : said;
    }
}
