package io.peerup.node.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connected peer.
 *
 * @param addresses where it can be reached, as far as we know
 * @param agentVersion what it calls its program, once it has told
 */
public record PeerEntry(
        String id, List<String> addresses, @Nullable String agentVersion) {
    /** Takes an absent list as empty. */
    public PeerEntry {
        addresses = Json.list(addresses);
    }
}
