package io.peerup.testkit.contracts;

import io.peerup.swarm.MuxedConnection;

/** Both ends of one multiplexed connection. Nothing arrives but in {@link #settle}. */
public interface MuxedPair {
    /** The end that dialed. */
    MuxedConnection initiator();

    /** The end that was dialed. */
    MuxedConnection responder();

    /** Returns when nothing is under way any more. */
    void settle();

    /** The network goes away without a word, and both ends notice. */
    void cut();

    /** Ends what is left. */
    void close();
}
