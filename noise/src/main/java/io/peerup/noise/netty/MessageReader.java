package io.peerup.noise.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.peerup.noise.CipherState;
import io.peerup.wire.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream into transport messages and opens them. A message that is all there is copied once, into the
 * loop's array; only one that is cut by the end of a packet waits in a buffer of its own.
 */
final class MessageReader {
    private static final int LENGTH_BYTES = NoiseHandshakeHandler.LENGTH_BYTES;

    private final CipherState cipher;
    private @Nullable ByteBuf partial;
    private int firstLengthByte = -1;

    MessageReader(CipherState cipher) {
        this.cipher = cipher;
    }

    /** Opens the next message; null when more bytes are needed, and then all of {@code in} was consumed. */
    @Nullable
    ByteBuf next(ByteBuf in, ByteBufAllocator alloc) throws ProtocolViolation {
        if (partial != null) {
            return continuePartial(partial, in, alloc);
        }
        int length = readLength(in);
        if (length < 0) {
            return null;
        }
        if (in.readableBytes() < length) {
            partial = alloc.heapBuffer(length, length).writeBytes(in);
            return null;
        }
        byte[] message = Scratch.array();
        in.readBytes(message, 0, length);
        return open(message, 0, length, alloc);
    }

    void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private @Nullable ByteBuf continuePartial(ByteBuf message, ByteBuf in, ByteBufAllocator alloc)
            throws ProtocolViolation {
        message.writeBytes(in, Math.min(message.writableBytes(), in.readableBytes()));
        if (message.isWritable()) {
            return null;
        }
        try {
            return open(message.array(), message.arrayOffset(), message.readableBytes(), alloc);
        } finally {
            release();
        }
    }

    /** The length of the message that begins here, or -1 when its two bytes are not there yet. */
    private int readLength(ByteBuf in) {
        if (firstLengthByte >= 0) {
            int length = (firstLengthByte << Byte.SIZE) | in.readUnsignedByte();
            firstLengthByte = -1;
            return length;
        }
        if (in.readableBytes() < LENGTH_BYTES) {
            firstLengthByte = in.readUnsignedByte();
            return -1;
        }
        return in.readUnsignedShort();
    }

    private ByteBuf open(byte[] message, int offset, int length, ByteBufAllocator alloc) throws ProtocolViolation {
        int opened = cipher.openInPlace(message, offset, length);
        return alloc.directBuffer(opened, opened).writeBytes(message, offset, opened);
    }
}
