package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;

/** Putting handshake messages together and looking at their length before anything else. */
final class Messages {
    private Messages() {}

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    static void requireAtLeast(byte[] message, int bytes) throws ProtocolViolation {
        if (message.length < bytes) {
            throw new ProtocolViolation(
                    NoiseRule.HANDSHAKE_LENGTH, message.length + " bytes where at least " + bytes + " belong");
        }
    }
}
