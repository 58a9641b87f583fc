package io.peerup.kademlia;

import io.netty.channel.Channel;
import io.peerup.dcutr.Neighbour;
import io.peerup.swarm.strands.Strands;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** One class per rule of a pure package that it breaks. */
public final class Sabotaged {
    private Sabotaged() {}

    /** Knows a channel. */
    public record KnowsAChannel(Channel channel) {}

    /** Knows another protocol. */
    public record KnowsItsNeighbour(Neighbour neighbour) {}

    /** Reads a clock. */
    public static final class ReadsTheCalendar {
        /** Now. */
        public Instant now() {
            return Instant.now();
        }
    }

    /** Passes a clock on. */
    public static final class PassesAClockOn {
        /** Now, later. */
        public LongSupplier clock() {
            return System::nanoTime;
        }
    }

    /** Has a lock. */
    public static final class Locks {
        private final ReentrantLock lock = new ReentrantLock();

        /** Locks. */
        public void lock() {
            lock.lock();
        }
    }

    /** Has a map for several threads. */
    public static final class Shares {
        private final Map<String, String> shared = new ConcurrentHashMap<>();

        /** What is shared. */
        public Map<String, String> shared() {
            return shared;
        }
    }

    /** Has a monitor. */
    public static final class Synchronizes {
        /** Does nothing, alone. */
        public synchronized void enter() {}
    }

    /** Waits for a future. */
    public static final class Joins {
        /** Waits. */
        public String join(CompletableFuture<String> future) {
            return future.join();
        }
    }

    /** Sleeps as only stories may. */
    public static final class Sleeps {
        /** Sleeps. */
        public void sleep(Strands strands) throws InterruptedException {
            strands.sleep(Duration.ZERO);
        }
    }

    /** Prints. */
    public static final class Prints {
        /** Prints. */
        public void print() {
            System.out.println();
        }
    }
}
