package io.peerup.identify;

import io.netty.buffer.ByteBuf;
import io.peerup.wire.ProtocolViolation;

/** One round of ping: bytes that were sent and have to come back the same. For one thread. */
public final class PingRound {
    /** What a round sends, and gets back. */
    public static final int BYTES = 32;

    private final byte[] sent;
    private int returned;

    /** A round in which {@code sent}, of {@value #BYTES} bytes that the peer cannot guess, is on its way. */
    public PingRound(byte[] sent) {
        if (sent.length != BYTES) {
            throw new IllegalArgumentException("a round of " + sent.length + " bytes");
        }
        this.sent = sent.clone();
    }

    /**
     * Reads all of {@code bytes}.
     *
     * @return whether the answer is complete
     */
    public boolean receive(ByteBuf bytes) throws ProtocolViolation {
        while (bytes.isReadable()) {
            if (returned == BYTES) {
                throw new ProtocolViolation(PingRule.ANSWER_TOO_LONG, bytes.readableBytes() + " bytes too many");
            }
            if (bytes.readByte() != sent[returned]) {
                throw new ProtocolViolation(PingRule.ANSWER_DIFFERS, "byte " + returned);
            }
            returned++;
        }
        return returned == BYTES;
    }
}
