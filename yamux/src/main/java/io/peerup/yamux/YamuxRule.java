package io.peerup.yamux;

import io.peerup.wire.ProtocolViolation;

/** The rules of yamux that a peer can break. Each ends the connection with a go-away that says protocol error. */
public enum YamuxRule implements ProtocolViolation.Rule {
    /** A version other than 0. */
    VERSION,
    /** A frame type that does not exist. */
    FRAME_TYPE,
    /** Stream id 0 in a frame about a stream, or another one in a frame about the session. */
    STREAM_ZERO,
    /** A stream opened with an id that is ours to give. */
    STREAM_ID_PARITY,
    /** A stream opened twice. */
    DUPLICATE_SYN,
    /** More data than the window allows. */
    RECEIVE_WINDOW,
    /** More credit than a window can hold. */
    SEND_WINDOW,
    /** More replies of ours than the peer reads. */
    UNREAD_REPLIES
}
