package io.peerup.interop.soak;

import io.netty.buffer.PooledByteBufAllocator;
import io.peerup.interop.JavaPeer;
import io.peerup.swarm.SwarmEvent;
import io.peerup.wire.Identity;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A peer of ours that keeps something of every connection for ever. */
final class LeakingProgram {
    private static final int HOARDED_BYTES = 256 << 10;
    private static final int BUFFER_BYTES = 1000;

    private static final List<Object> KEPT = new CopyOnWriteArrayList<>();

    private LeakingProgram() {}

    /** What it keeps. */
    enum Leak {
        NOTHING,
        DESCRIPTOR,
        THREAD,
        BUFFER,
        HEAP;

        @SuppressWarnings("CheckReturnValue") // that is what is wrong with it
        void ofOneConnection() {
            switch (this) {
                case NOTHING -> {}
                case DESCRIPTOR -> KEPT.add(open());
                case THREAD -> Thread.ofPlatform().daemon().start(LeakingProgram::sleep);
                case BUFFER ->
                    PooledByteBufAllocator.DEFAULT.buffer(BUFFER_BYTES).writeZero(BUFFER_BYTES);
                case HEAP -> KEPT.add(new byte[HOARDED_BYTES]);
            }
        }
    }

    /** Says where it listens, and stays. */
    public static void main(String[] arguments) throws Exception {
        Leak leak = Leak.valueOf(arguments[0]);
        JavaPeer peer = JavaPeer.start(Identity.generate());
        peer.host().swarm().subscribe(event -> {
            if (event instanceof SwarmEvent.ConnectionOpened) {
                leak.ofOneConnection();
            }
        });
        System.out.println("listening on " + peer.address());
        sleep();
    }

    private static FileInputStream open() {
        try {
            return new FileInputStream("/dev/null");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void sleep() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
