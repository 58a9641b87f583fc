package io.peerup.host.authorization;

import java.util.List;

/**
 * Everything that was found in a file, good and bad.
 *
 * @param peers in the order of the file, duplicates included
 * @param badLines the lines for which a gate refuses the file
 */
public record AuthorizedKeysReport(List<AuthorizedPeer> peers, List<BadLine> badLines) {
    /** Copies the lists. */
    public AuthorizedKeysReport {
        peers = List.copyOf(peers);
        badLines = List.copyOf(badLines);
    }

    /** Whether a gate would accept the file. */
    public boolean isValid() {
        return badLines.isEmpty();
    }
}
