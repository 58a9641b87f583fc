package io.peerup.circuitrelay;

import io.peerup.wire.ProtocolViolation;

/** The rules of circuit relay that a peer can break. */
public enum CircuitRule implements ProtocolViolation.Rule {
    /** A message longer than 4096 bytes. */
    MESSAGE_TOO_LONG,
    /** A message that protobuf cannot read, or a field that is longer than it can be. */
    MESSAGE_MALFORMED,
    /** A type of message that does not exist. */
    TYPE_UNKNOWN,
    /** A message that has no place here. */
    MESSAGE_UNEXPECTED,
    /** A request to connect that names no peer, or none that a key can have. */
    PEER_MALFORMED,
    /** More addresses than are read. */
    TOO_MANY_ADDRESSES,
    /** An answer without a status. */
    STATUS_MISSING,
    /** A reservation was granted but not described. */
    RESERVATION_MISSING,
    /** A reservation that has already ended when it is granted. */
    RESERVATION_EXPIRED,
    /** A voucher that is not one, or not signed by the relay. */
    VOUCHER_INVALID,
    /** A voucher of another relay, or for another peer. */
    VOUCHER_FOREIGN
}
