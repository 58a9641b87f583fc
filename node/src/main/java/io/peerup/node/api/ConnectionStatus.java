package io.peerup.node.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a peer.
 *
 * @param peer its peer ID
 * @param name what the configuration calls it
 * @param path never {@link Route#NONE}
 * @param address the remote transport address
 * @param limited whether a relay limits its time or bytes
 * @param relay the peer ID of the relay that carries it
 * @param rttMs the last round trip measured, milliseconds
 * @param openSeconds since it was opened
 */
public record ConnectionStatus(
        String peer,
        @Nullable String name,
        Route path,
        String address,
        Way direction,
        boolean limited,
        @Nullable String relay,
        @Nullable Double rttMs,
        long openSeconds) {
    /** Rejects a way or path of a kind that is not known here. */
    public ConnectionStatus {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(direction, "direction");
    }
}
