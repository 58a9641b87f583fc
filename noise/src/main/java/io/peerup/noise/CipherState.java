package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.nio.ByteBuffer;

/**
 * A key and a message counter. The counter moves only when a message was sealed or opened, so a forged message does not
 * put the two sides out of step; the last counter is never used. Noise revision 34, section 5.1.
 */
public final class CipherState {
    /** Bytes that sealing adds. */
    public static final int TAG_BYTES = ChaChaPoly.TAG_BYTES;

    /** 2^64-1 as unsigned; reserved by Noise for rekeying. */
    private static final long EXHAUSTED = -1;

    private final CryptoProvider provider;
    private final ChaChaPoly cipher;
    private long counter;

    CipherState(CryptoProvider provider, byte[] key) {
        this(provider, key, 0);
    }

    CipherState(CryptoProvider provider, byte[] key, long counter) {
        this.provider = provider;
        this.cipher = new ChaChaPoly(provider, key);
        this.counter = counter;
    }

    /** Whether a message with so many bytes of plaintext is best sealed and opened in direct buffers, or else in arrays. */
    public boolean isFastestOnDirectBuffers(int plaintextBytes) {
        return provider.isFastestOnDirectBuffers() && plaintextBytes > ChaChaPoly.SMALL_BYTES;
    }

    /**
     * Seals what remains of {@code in} into {@code out}, which may be the same memory and needs {@link #TAG_BYTES} more.
     */
    public void seal(ByteBuffer in, ByteBuffer out) {
        refuseWhenExhausted();
        cipher.seal(counter, in, out);
        counter++;
    }

    /** Opens what remains of {@code in}, tag included, into {@code out}, which may be the same memory. */
    public void open(ByteBuffer in, ByteBuffer out) throws ProtocolViolation {
        requireTag(in.remaining());
        refuseWhenExhausted();
        cipher.open(counter, in, out);
        counter++;
    }

    /**
     * Seals {@code length} bytes in place and appends the tag; the array must have room for it.
     *
     * @return {@code length + TAG_BYTES}
     */
    public int sealInPlace(byte[] data, int offset, int length) {
        return seal(ChaChaPoly.NOTHING, data, offset, length, data, offset);
    }

    /**
     * Opens {@code length} bytes, tag included, in place.
     *
     * @return {@code length - TAG_BYTES}
     */
    public int openInPlace(byte[] data, int offset, int length) throws ProtocolViolation {
        requireTag(length);
        return open(ChaChaPoly.NOTHING, data, offset, length, data, offset);
    }

    int seal(byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        refuseWhenExhausted();
        int sealed = cipher.seal(counter, associated, in, inOffset, length, out, outOffset);
        counter++;
        return sealed;
    }

    int open(byte[] associated, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws ProtocolViolation {
        refuseWhenExhausted();
        int opened = cipher.open(counter, associated, in, inOffset, length, out, outOffset);
        counter++;
        return opened;
    }

    private static void requireTag(int length) throws ProtocolViolation {
        if (length < TAG_BYTES) {
            throw new ProtocolViolation(NoiseRule.TRANSPORT_LENGTH, length + " bytes cannot hold a tag");
        }
    }

    private void refuseWhenExhausted() {
        if (counter == EXHAUSTED) {
            throw new IllegalStateException("the message counter is used up");
        }
    }
}
