package io.peerup.benchmarks;

import java.util.List;

/** Something that several lanes do in turns, and that is compared. */
public interface Line {
    /** What it is called on the command line and in the table. */
    String name();

    /** What is figured. */
    List<Metric> metrics();

    /** What work is counted in, for processor time by work done: {@code GB}, {@code handshake}. */
    String workUnit();

    /** Whether a turn makes the next one faster, so that the first ones are kept apart. */
    default boolean warmsUp() {
        return true;
    }

    /** At most so many rounds, where a round takes long. */
    default int maxRounds() {
        return Integer.MAX_VALUE;
    }

    /**
     * Starts everything that is needed.
     *
     * @throws LeftOut when this machine lacks something
     */
    Lanes open(Setting setting) throws Exception;

    /**
     * All lanes of a line, and what is shared by them.
     *
     * @param yardstick name of the lane that ours is compared with
     * @param ours name of our own lane
     */
    record Lanes(List<Lane> all, String yardstick, String ours, AutoCloseable shared) {
        /** Copies the list. */
        public Lanes {
            all = List.copyOf(all);
        }
    }

    /** A line that cannot be measured here; the message says what is missing. */
    final class LeftOut extends Exception {
        private static final long serialVersionUID = 1L;

        /** For want of this. */
        public LeftOut(String missing) {
            super(missing);
        }
    }
}
