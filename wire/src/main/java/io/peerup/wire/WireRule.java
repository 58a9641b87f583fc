package io.peerup.wire;

/** The rules of this module that bytes or text from a peer, or a file, can break. */
public enum WireRule implements ProtocolViolation.Rule {
    /** A varint ends before its last byte. */
    VARINT_TRUNCATED,
    /** A varint has more than nine bytes. */
    VARINT_TOO_LONG,
    /** A varint could be written shorter. */
    VARINT_NOT_MINIMAL,
    /** Text holds a character outside its alphabet, or could not have been produced by its encoder. */
    TEXT_NOT_IN_BASE,
    /** Text, or the bytes behind it, exceeds the bound of its type. */
    TEXT_TOO_LONG,
    /** A multibase prefix is missing or is none of ours. */
    MULTIBASE_UNKNOWN,
    /** A multihash is truncated, has bytes after its digest, or a digest of the wrong length for its function. */
    MULTIHASH_MALFORMED,
    /** A peer ID is neither an identity multihash of at most 42 bytes nor a SHA-256 one, or its text is no form of one. */
    PEER_ID_MALFORMED,
    /** A key's type is none of the four. */
    KEY_TYPE_UNKNOWN,
    /** A key's bytes are not a key of its type in its one valid encoding. */
    KEY_MALFORMED,
    /** A key is smaller or larger than this project accepts. */
    KEY_SIZE_OUT_OF_BOUNDS,
    /** The public half stored in a private key belongs to another private key. */
    KEY_HALVES_DIFFER,
    /** DER that is truncated, not minimal, of an unexpected type, or followed by more bytes. */
    DER_MALFORMED,
    /** A protobuf message is truncated, has an impossible tag or a value of another wire type than its field. */
    PROTOBUF_MALFORMED,
    /** A protobuf message uses groups. */
    PROTOBUF_GROUP,
    /** A protobuf field exceeds the bound its reader named. */
    PROTOBUF_FIELD_TOO_LONG,
    /** Protobuf messages are nested deeper than sixteen levels. */
    PROTOBUF_TOO_DEEP,
    /** A field without which a message has no meaning is missing. */
    PROTOBUF_FIELD_MISSING,
    /** An address is longer, or has more components, than this project accepts. */
    MULTIADDR_TOO_LONG,
    /** An address ends before a value does, or has no components. */
    MULTIADDR_TRUNCATED,
    /** An address names a protocol that this project does not know. */
    MULTIADDR_PROTOCOL_UNKNOWN,
    /** A component's value is none of its protocol. */
    MULTIADDR_VALUE_INVALID,
    /** An address goes on after a path, or its text does not start with a slash. */
    MULTIADDR_MALFORMED,
    /** An envelope is longer than this project accepts. */
    ENVELOPE_TOO_LONG,
    /** An envelope holds something else than its reader asked for. */
    ENVELOPE_TYPE_UNEXPECTED,
    /** The signature of an envelope is not of its key, payload, type and use. */
    ENVELOPE_SIGNATURE_INVALID,
    /** A record is signed by another peer than the one it speaks for. */
    RECORD_SIGNER_MISMATCH,
    /** A peer record has more addresses than this project accepts. */
    RECORD_TOO_MANY_ADDRESSES,
    /** A length-prefixed message is longer than its protocol allows. */
    FRAME_TOO_LONG,
    /** A length-prefixed message ends early. */
    FRAME_TRUNCATED,
    /** Bytes follow the one message there should be. */
    FRAME_TRAILING_BYTES,
}
