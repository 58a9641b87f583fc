package io.peerup.swarm;

/** A stream could not be opened. The message is one line for a person. */
public final class StreamRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause reason;

    /** What stood in the way. */
    public enum Cause {
        /** The peer does not speak any of the proposed protocols. */
        PROTOCOL_NOT_SUPPORTED,
        /** The only connection is limited by a relay and the protocol does not run on such. */
        LIMITED_CONNECTION,
        /** Too many streams, ours or theirs. */
        TOO_MANY_STREAMS,
        /** The peer reset the stream while it was negotiated. */
        RESET,
        /** The connection ended first. */
        CONNECTION_CLOSED,
        /** No answer in time. */
        TIMED_OUT,
        /** There is no connection to the peer and none could be made. */
        NOT_CONNECTED
    }

    /** A refusal; {@code message} names the peer or protocol concerned. */
    public StreamRefused(Cause reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What stood in the way, to branch on. */
    public Cause reason() {
        return reason;
    }
}
