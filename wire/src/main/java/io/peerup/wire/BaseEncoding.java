package io.peerup.wire;

/** Bytes as text in some alphabet. */
sealed interface BaseEncoding permits RadixEncoding, BitEncoding {
    String encode(byte[] bytes);

    byte[] decode(String text) throws ProtocolViolation;
}
