package io.peerup.yamux.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has received and nobody has read. Small pieces are copied together, and those that are a small part of
 * the packet they came in are copied too: neither a flood of tiny frames nor packets cut among many streams may cost
 * more than a few times their bytes.
 */
final class ReceiveQueue {
    /** Pieces up to this size are copied. */
    static final int SMALL_BYTES = 2 << 10;

    /** A piece that holds more than so many times its size in memory is copied. */
    static final int MAX_PINNED_FACTOR = 4;

    private static final int CHUNK_BYTES = 8 << 10;

    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
    private @Nullable ByteBuf open;
    private long bytes;

    /** Takes the piece over, also when there is no memory for a copy of it. */
    void add(ByteBuf piece, ByteBufAllocator alloc) {
        int length = piece.readableBytes();
        boolean kept = false;
        try {
            kept = keep(piece, length, alloc);
            bytes += length;
        } finally {
            if (!kept) {
                piece.release();
            }
        }
    }

    /** Queues the piece itself, or a copy of it and says no. */
    private boolean keep(ByteBuf piece, int length, ByteBufAllocator alloc) {
        if (length > SMALL_BYTES) {
            open = null;
            boolean pinsTooMuch = pinnedBytes(piece) > (long) MAX_PINNED_FACTOR * length;
            pieces.add(pinsTooMuch ? alloc.buffer(length, length).writeBytes(piece) : piece);
            return !pinsTooMuch;
        }
        if (open == null || open.writableBytes() < length) {
            // Alone in the queue it is most likely read at once: no room for others then.
            open = alloc.buffer(pieces.isEmpty() ? length : CHUNK_BYTES, CHUNK_BYTES);
            pieces.add(open);
        }
        open.writeBytes(piece, length);
        return false;
    }

    /** The oldest piece, which is the caller's from now on; null when there is none. */
    @Nullable
    ByteBuf poll() {
        ByteBuf piece = pieces.poll();
        if (pieces.isEmpty()) {
            open = null; // it was the last one
        }
        bytes -= piece == null ? 0 : piece.readableBytes();
        return piece;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** How much nobody has read. */
    long bytes() {
        return bytes;
    }

    /** How many buffers are held; a measure of overhead. */
    int pieces() {
        return pieces.size();
    }

    void release() {
        open = null;
        bytes = 0;
        for (ByteBuf piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            piece.release();
        }
    }

    private static int pinnedBytes(ByteBuf piece) {
        ByteBuf whole = piece;
        for (ByteBuf below = whole.unwrap(); below != null; below = whole.unwrap()) {
            whole = below;
        }
        return whole.capacity();
    }
}
