package io.peerup.swarm;

/** A protocol that peers may open streams for. Registered with {@link Swarm#handle}. */
public interface StreamProtocol {
    /** The name peers propose. */
    ProtocolId id();

    /**
     * Whether streams may be opened over a connection that a relay limits in time or bytes. Say no when a cut in the
     * middle would do harm, such as a bulk transfer.
     */
    boolean allowedOnLimitedConnections();

    /** How many streams a peer may have open for this protocol. */
    default StreamLimits limits() {
        return StreamLimits.defaults();
    }

    /**
     * A peer opened a stream and the protocol is agreed. Called on the connection's event loop before the first byte
     * is delivered; install handlers on {@code stream.channel().pipeline()} synchronously.
     */
    void attach(MuxedStream stream, Connection connection);
}
