package io.peerup.swarm.multistream;

import io.peerup.swarm.ProtocolId;

/** What a negotiation leads to. Exactly one of the two is called, once, on the event loop. */
public interface NegotiationOutcome {
    /** Both sides will speak {@code protocol}; install its handlers now, the bytes that follow come next. */
    void agreed(ProtocolId protocol);

    /**
     * It came to nothing; close or reset.
     *
     * @param why a {@link io.peerup.swarm.StreamRefused} or a {@link io.peerup.wire.ProtocolViolation}
     */
    void failed(Exception why);
}
