package io.peerup.identify;

import io.peerup.wire.ProtocolViolation;

/** The rules of identify that a peer can break. */
public enum IdentifyRule implements ProtocolViolation.Rule {
    /** A message that protobuf cannot read, or with a field longer than its bound. */
    MALFORMED,
    /** The end before the first message. */
    NO_MESSAGE,
    /** More messages than one answer may have. */
    TOO_MANY_MESSAGES,
    /** More protocols than are remembered. */
    TOO_MANY_PROTOCOLS,
    /** More addresses than are remembered. */
    TOO_MANY_ADDRESSES,
    /** A public key that is not that of the peer at the other end. */
    FOREIGN_KEY
}
