package io.peerup.host.config;

import io.peerup.swarm.ProtocolId;

/**
 * The protocol of {@code peerup ping}.
 *
 * @param enabled whether this node answers
 * @param id its name; default {@code /pingpong/1.0.0}
 */
public record PingPong(boolean enabled, ProtocolId id) {
    /** The name that every node knows. */
    public static final ProtocolId DEFAULT_ID = ProtocolId.of("/pingpong/1.0.0");

    /** Answering under the usual name. */
    public static PingPong defaults() {
        return new PingPong(true, DEFAULT_ID);
    }
}
