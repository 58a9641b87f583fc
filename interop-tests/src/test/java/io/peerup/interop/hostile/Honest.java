package io.peerup.interop.hostile;

import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An authorized peer that does nothing wrong, while somebody else does: it pings again and again. */
final class Honest implements AutoCloseable {
    /** Within which it must be served, from the first packet to the answer of its ping. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long PAUSE_MILLIS = 100;
    private static final Duration TO_BE_SERVED_AT_ALL = Duration.ofSeconds(20);

    private final Target target;
    private final RawIdentity identity;
    private final Manner manner;
    private final List<Duration> served = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    private Honest(Target target, RawIdentity identity, Manner manner) {
        this.target = target;
        this.identity = identity;
        this.manner = manner;
        this.thread = Thread.ofPlatform().daemon().name("honest").unstarted(this::goOn);
    }

    /** How it goes about it. */
    enum Manner {
        /** With a connection for each ping. */
        COMES_ANEW,
        /** With one connection that was there before the attack. */
        STAYS
    }

    /** Begins, and returns when it was served once. */
    static Honest at(Target target, RawIdentity identity, Manner manner) throws InterruptedException {
        Honest honest = new Honest(target, identity, manner);
        honest.thread.start();
        honest.awaitVisit();
        return honest;
    }

    /** Comes until it is served once; fails only when that has taken too long. */
    static void requireServedAtLast(Target target, RawIdentity identity, Duration within) throws InterruptedException {
        long until = System.nanoTime() + within.toNanos();
        while (true) {
            try (RawPeer peer = target.dial(identity)) {
                peer.ping();
                return;
            } catch (IOException refused) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("an honest peer is not served", refused);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Waits until the next visit is over. */
    synchronized void awaitVisit() throws InterruptedException {
        int wanted = served.size() + refused.size() + 1;
        long until = System.nanoTime() + TO_BE_SERVED_AT_ALL.toNanos();
        while (served.size() + refused.size() < wanted) {
            if (System.nanoTime() > until) {
                throw new AssertionError("an honest peer waits for ever");
            }
            wait(PAUSE_MILLIS);
        }
    }

    /** Waits for a visit that began after this call, and fails unless every visit so far went well and was quick. */
    synchronized void requireServed() throws InterruptedException {
        awaitVisit();
        awaitVisit();
        if (!refused.isEmpty()) {
            throw new AssertionError("an honest peer was not served: " + refused);
        }
        Duration worst = worst();
        if (worst.compareTo(PATIENCE) > 0) {
            throw new AssertionError("an honest peer waited " + worst);
        }
    }

    /** The longest that it waited so far. */
    synchronized Duration worst() {
        return served.stream().max(Duration::compareTo).orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }

    private void goOn() {
        while (!over) {
            long begun = System.nanoTime();
            try (RawPeer peer = target.dial(identity)) {
                do {
                    peer.ping();
                    tell(Duration.ofNanos(System.nanoTime() - begun), null);
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    begun = System.nanoTime();
                } while (manner == Manner.STAYS && !over);
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException | RuntimeException failed) {
                tell(Duration.ZERO, failed);
                LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
            }
        }
    }

    private synchronized void tell(Duration took, @Nullable Exception failure) {
        if (failure == null) {
            served.add(took);
        } else {
            refused.add(failure.toString());
        }
        notifyAll();
    }
}
