package io.peerup.swarm;

/** Who opened a connection or a stream, seen from here. */
public enum Direction {
    /** The remote peer opened it. */
    INBOUND,
    /** We opened it. */
    OUTBOUND
}
