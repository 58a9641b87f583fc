package io.peerup.swarm.trimming;

import io.peerup.swarm.Direction;
import io.peerup.wire.PeerId;

/**
 * A connection, as far as it matters to whether it stays.
 *
 * @param <C> names the connection
 * @param isProtected whether the peer is, by any name
 * @param value the sum of the peer's tags
 * @param streams how many of its streams agreed on a protocol and are open
 * @param relayed whether a relay carries it
 * @param direction who dialed
 * @param ageNanos since it was opened
 */
public record TrimCandidate<C>(
        C connection,
        PeerId peer,
        boolean isProtected,
        int value,
        int streams,
        boolean relayed,
        Direction direction,
        long ageNanos) {}
