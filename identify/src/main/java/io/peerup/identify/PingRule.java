package io.peerup.identify;

import io.peerup.wire.ProtocolViolation;

/** The rules of ping that a peer can break. */
public enum PingRule implements ProtocolViolation.Rule {
    /** An answer that is not what was sent. */
    ANSWER_DIFFERS,
    /** Bytes beyond the answer. */
    ANSWER_TOO_LONG
}
