package io.peerup.noise.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.peerup.noise.CipherState;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What was written and not sealed yet, in order. A message takes bytes of as many writes as fit; the promise of a write
 * completes with the message that took its last byte.
 */
final class PlaintextQueue {
    /** How much a full message carries. */
    static final int MAX_PLAINTEXT_BYTES = Scratch.MAX_MESSAGE_BYTES - CipherState.TAG_BYTES;

    private static final int LENGTH_BYTES = NoiseHandshakeHandler.LENGTH_BYTES;

    private final CipherState cipher;
    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
    private final ArrayDeque<ChannelPromise> promises = new ArrayDeque<>();
    private long queuedBytes;

    PlaintextQueue(CipherState cipher) {
        this.cipher = cipher;
    }

    void add(ByteBuf plaintext, ChannelPromise promise) {
        buffers.add(plaintext);
        promises.add(promise);
        queuedBytes += plaintext.readableBytes();
    }

    /** Writes the messages that are full, so that the socket's own queue shows how much is on its way. */
    void sealFull(ChannelHandlerContext ctx) {
        while (queuedBytes >= MAX_PLAINTEXT_BYTES) {
            seal(ctx);
        }
    }

    /** Writes everything. */
    void sealAll(ChannelHandlerContext ctx) {
        while (!buffers.isEmpty()) {
            seal(ctx);
        }
    }

    /** Fails what was never sealed. */
    void release() {
        while (!buffers.isEmpty()) {
            buffers.remove().release();
            promises.remove().tryFailure(new ClosedChannelException());
        }
        queuedBytes = 0;
    }

    private void seal(ChannelHandlerContext ctx) {
        int length = (int) Math.min(queuedBytes, MAX_PLAINTEXT_BYTES);
        List<ChannelPromise> finished = new ArrayList<>(4);
        if (length == 0) {
            // Only empty writes: nothing goes out, but their promises keep the order of what went before.
            take(0, Unpooled.EMPTY_BUFFER, finished);
            ctx.write(ctx.alloc().buffer(0), completing(ctx, finished));
            return;
        }
        int sealed = length + CipherState.TAG_BYTES;
        ByteBuf out = ctx.alloc().directBuffer(LENGTH_BYTES + sealed, LENGTH_BYTES + sealed);
        out.writeShort(sealed);
        if (cipher.isFastestOnDirectBuffers(length)) {
            take(length, out, finished);
            cipher.seal(out.nioBuffer(LENGTH_BYTES, length), out.nioBuffer(LENGTH_BYTES, sealed));
            out.writerIndex(LENGTH_BYTES + sealed);
        } else {
            ByteBuf message = Scratch.buffer();
            take(length, message, finished);
            cipher.sealInPlace(message.array(), message.arrayOffset(), length);
            out.writeBytes(message.array(), message.arrayOffset(), sealed);
        }
        ctx.write(out, completing(ctx, finished));
    }

    /** Moves so many bytes, and the promises of the writes that end with or before them. */
    private void take(int length, ByteBuf sink, List<ChannelPromise> finished) {
        int missing = length;
        queuedBytes -= length;
        while (!buffers.isEmpty() && (missing > 0 || !buffers.element().isReadable())) {
            ByteBuf head = buffers.element();
            int taken = Math.min(head.readableBytes(), missing);
            sink.writeBytes(head, taken);
            missing -= taken;
            if (!head.isReadable()) {
                buffers.remove().release();
                finished.add(promises.remove());
            }
        }
    }

    private static ChannelPromise completing(ChannelHandlerContext ctx, List<ChannelPromise> finished) {
        if (finished.size() == 1) {
            return finished.getFirst();
        }
        ChannelPromise all = ctx.newPromise();
        if (!finished.isEmpty()) {
            all.addListener(done -> {
                for (ChannelPromise promise : finished) {
                    if (done.isSuccess()) {
                        promise.trySuccess();
                    } else {
                        promise.tryFailure(done.cause());
                    }
                }
            });
        }
        return all;
    }
}
