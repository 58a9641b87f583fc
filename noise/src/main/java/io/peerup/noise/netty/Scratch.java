package io.peerup.noise.netty;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * An array that holds one transport message, per event loop: the JDK's cipher is fastest on arrays, and a connection
 * that is idle should not own one. Nobody keeps it beyond one message.
 */
final class Scratch {
    /** The longest transport message: what fits a two-byte length. */
    static final int MAX_MESSAGE_BYTES = 65_535;

    private static final FastThreadLocal<byte[]> ARRAY = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[MAX_MESSAGE_BYTES];
        }
    };

    private Scratch() {}

    static byte[] array() {
        return ARRAY.get();
    }
}
