package io.peerup.testkit.contracts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Two channels that are each other's far end, as by TCP on one machine: what is written here is read there as bytes,
 * in pieces of at most {@value #READ_BYTES}, but only in {@link #settle}. Time stands still until {@link #advance}.
 */
public final class ChannelPair {
    private static final int READ_BYTES = 64 << 10;

    private final EmbeddedChannel left = frozen();
    private final EmbeddedChannel right = frozen();
    private int readBytes = READ_BYTES;

    /** An open pair with empty pipelines. */
    public ChannelPair() {}

    /** One end. */
    public EmbeddedChannel left() {
        return left;
    }

    /** The other end. */
    public EmbeddedChannel right() {
        return right;
    }

    /** From now on bytes arrive in reads of this size, at least 1. */
    public void readIn(int bytes) {
        readBytes = bytes;
    }

    /** Carries bytes both ways until none are under way; the end of a closed channel arrives after its bytes. */
    public void settle() {
        boolean moved = true;
        while (moved) {
            run();
            moved = carry(left, right);
            moved |= carry(right, left);
        }
    }

    /** Takes what {@code end} has sent off the wire: the test plays the network from here. */
    public static byte[] take(EmbeddedChannel end) {
        end.runPendingTasks();
        ByteBuf all = end.alloc().buffer();
        for (ByteBuf next = end.readOutbound(); next != null; next = end.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes).release();
        return bytes;
    }

    /** Lets {@code end} read bytes, in one read. */
    public static void feed(EmbeddedChannel end, byte[] bytes) {
        end.pipeline().fireChannelRead(end.alloc().buffer(bytes.length).writeBytes(bytes));
        end.pipeline().fireChannelReadComplete();
        end.runPendingTasks();
    }

    /** Lets {@code end} see that its far end is gone. */
    public static void hangUp(EmbeddedChannel end) {
        end.unsafe().close(end.voidPromise());
        end.runPendingTasks();
    }

    /** The network goes away: what is under way is lost, and both ends see it. */
    public void cut() {
        run();
        take(left);
        take(right);
        hangUp(left);
        hangUp(right);
        settle();
    }

    /** Lets time pass at both ends, without anything arriving. */
    public void advance(Duration time) {
        left.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        right.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        left.runScheduledPendingTasks();
        right.runScheduledPendingTasks();
        run();
    }

    /** Closes both ends and releases what nobody read. */
    public void close() {
        left.finishAndReleaseAll();
        right.finishAndReleaseAll();
    }

    private void run() {
        left.runPendingTasks();
        right.runPendingTasks();
    }

    private boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        byte[] bytes = take(from);
        for (int at = 0; at < bytes.length && to.isOpen(); at += readBytes) {
            int end = Math.min(at + readBytes, bytes.length);
            feed(to, Arrays.copyOfRange(bytes, at, end));
        }
        boolean ends = bytes.length == 0 && !from.isOpen() && to.isOpen();
        if (ends) {
            hangUp(to);
        }
        return bytes.length > 0 || ends;
    }

    private static EmbeddedChannel frozen() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        return channel;
    }
}
