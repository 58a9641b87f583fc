package io.peerup.swarm.multistream;

import io.peerup.wire.ProtocolViolation;

/** The rules of multistream-select that a peer can break. */
public enum MultistreamRule implements ProtocolViolation.Rule {
    /** A token of zero bytes. */
    EMPTY_TOKEN,
    /** A token of more than 1024 bytes, or a length that is not a minimal varint. */
    TOKEN_LENGTH,
    /** A token that does not end in a line feed, or has one in the middle. */
    LINE_FEED,
    /** A token that is not UTF-8. */
    NOT_TEXT,
    /** The first token was not {@code /multistream/1.0.0}. */
    HEADER,
    /** More proposals than anybody needs. */
    TOO_MANY_PROPOSALS,
    /** The answer names a protocol that was not proposed. */
    WRONG_ANSWER
}
