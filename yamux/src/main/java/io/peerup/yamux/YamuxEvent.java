package io.peerup.yamux;

/** What happened on a session that its driver must act on. */
public sealed interface YamuxEvent {
    /** The peer opened a stream; it is acknowledged already. */
    record Opened(int streamId) implements YamuxEvent {}

    /** The peer will send nothing more; comes after the last payload. */
    record RemoteFinished(int streamId) implements YamuxEvent {}

    /**
     * The peer reset a stream; the session has forgotten it.
     *
     * @param code the peer's error code, 0 from peers that know none
     */
    record RemoteReset(int streamId, long code) implements YamuxEvent {}

    /**
     * We reset a stream, for there is no memory for what the application leaves unread; the session has forgotten it.
     *
     * @param code what the peer was told
     */
    record Overflowed(int streamId, long code) implements YamuxEvent {}

    /** Both directions are finished and everything was read or dropped; the session has forgotten the stream. */
    record Ended(int streamId) implements YamuxEvent {}

    /** The peer acknowledged a stream of ours, so another may be opened. */
    record OpenPossible() implements YamuxEvent {}

    /** The peer ends the session. */
    record GoneAway(long code) implements YamuxEvent {}

    /** No sign of life after a ping; the session is over. */
    record Unresponsive() implements YamuxEvent {}
}
