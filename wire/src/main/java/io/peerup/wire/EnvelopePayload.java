package io.peerup.wire;

/** What can be sealed in a {@link SignedEnvelope}. */
public interface EnvelopePayload {
    /** The use of the signature, so that it cannot be presented for another. */
    String domain();

    /** The bytes that tell a receiver what the payload is. */
    byte[] payloadType();

    /** The serialised payload. */
    byte[] payload();
}
