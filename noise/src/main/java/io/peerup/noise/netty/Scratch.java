package io.peerup.noise.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * An array that holds one transport message, per event loop: a connection that is idle should not own one. Nobody keeps it
 * beyond one message.
 */
final class Scratch {
    /** The longest transport message: what fits a two-byte length. */
    static final int MAX_MESSAGE_BYTES = 65_535;

    private static final FastThreadLocal<ByteBuf> BUFFER = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.unreleasableBuffer(Unpooled.buffer(MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES));
        }
    };

    private Scratch() {}

    /** The array as an empty buffer. */
    static ByteBuf buffer() {
        return BUFFER.get().clear();
    }
}
