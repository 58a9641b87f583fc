package io.peerup.noise.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.peerup.noise.CipherState;
import io.peerup.wire.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream into transport messages and opens them. A message that is all there is opened from where it lies,
 * or by way of the loop's array; only one that is cut by the end of a packet waits in a buffer of its own.
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
            partial = waitingRoom(length, alloc).writeBytes(in);
            return null;
        }
        return open(in.readSlice(length), alloc);
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
            return open(message, alloc);
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

    private ByteBuf waitingRoom(int length, ByteBufAllocator alloc) {
        return cipher.isFastestOnDirectBuffers(length)
                ? alloc.directBuffer(length, length)
                : alloc.heapBuffer(length, length);
    }

    private ByteBuf open(ByteBuf message, ByteBufAllocator alloc) throws ProtocolViolation {
        int length = Math.max(0, message.readableBytes() - CipherState.TAG_BYTES);
        ByteBuf plaintext = alloc.directBuffer(length, length);
        try {
            if (cipher.isFastestOnDirectBuffers(length) && message.isDirect() && message.nioBufferCount() == 1) {
                cipher.open(message.nioBuffer(), plaintext.nioBuffer(0, length));
                return plaintext.writerIndex(length);
            }
            ByteBuf heap = message.hasArray() ? message : Scratch.buffer().writeBytes(message);
            int offset = heap.arrayOffset() + heap.readerIndex();
            int opened = cipher.openInPlace(heap.array(), offset, heap.readableBytes());
            return plaintext.writeBytes(heap.array(), offset, opened);
        } catch (ProtocolViolation violation) {
            plaintext.release();
            throw violation;
        }
    }
}
