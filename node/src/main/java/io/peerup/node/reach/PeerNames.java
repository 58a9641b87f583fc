package io.peerup.node.reach;

import io.peerup.host.file.PrintableText;
import io.peerup.host.identity.WrittenPeerId;
import io.peerup.relay.program.CommandFailed;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.util.Map;
import java.util.Optional;

/**
 * The names that a configuration gives to peers.
 *
 * @param peersByName exact and case-sensitive
 */
public record PeerNames(Map<String, PeerId> peersByName) {
    /** Copies the map. */
    public PeerNames {
        peersByName = Map.copyOf(peersByName);
    }

    /**
     * The peer that a name or a peer ID means; a name wins.
     *
     * @throws CommandFailed when it is neither
     */
    public PeerId resolve(String text) throws CommandFailed {
        PeerId named = peersByName.get(text);
        if (named != null) {
            return named;
        }
        try {
            return WrittenPeerId.parse(text);
        } catch (ProtocolViolation neither) {
            throw new CommandFailed("name not found: " + PrintableText.quoted(text)
                    + "; give a peer ID (it begins with 12D3KooW), or add the name under names: in the configuration");
        }
    }

    /** What the configuration calls a peer, if anything. */
    public Optional<String> nameOf(PeerId peer) {
        return peersByName.entrySet().stream()
                .filter(entry -> entry.getValue().equals(peer))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /** The name, or the beginning of the ID. */
    public String display(PeerId peer) {
        return nameOf(peer).orElseGet(peer::shortId);
    }
}
