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

    /** Takes the piece over. */
    void add(ByteBuf piece, ByteBufAllocator alloc) {
        int bytes = piece.readableBytes();
        if (bytes > SMALL_BYTES) {
            open = null;
            pieces.add(pinnedBytes(piece) > (long) MAX_PINNED_FACTOR * bytes ? copy(piece, alloc) : piece);
            return;
        }
        if (open == null || open.writableBytes() < bytes) {
            // Alone in the queue it is most likely read at once: no room for others then.
            open = alloc.buffer(pieces.isEmpty() ? bytes : CHUNK_BYTES, CHUNK_BYTES);
            pieces.add(open);
        }
        open.writeBytes(piece);
        piece.release();
    }

    /** The oldest piece, which is the caller's from now on; null when there is none. */
    @Nullable
    ByteBuf poll() {
        ByteBuf piece = pieces.poll();
        if (pieces.isEmpty()) {
            open = null; // it was the last one
        }
        return piece;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** How many buffers are held; a measure of overhead. */
    int pieces() {
        return pieces.size();
    }

    void release() {
        open = null;
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

    private static ByteBuf copy(ByteBuf piece, ByteBufAllocator alloc) {
        ByteBuf copy =
                alloc.buffer(piece.readableBytes(), piece.readableBytes()).writeBytes(piece);
        piece.release();
        return copy;
    }
}
