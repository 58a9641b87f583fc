package io.peerup.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a test waits for what must happen. Far longer than it takes: only what never happens is to fail. */
public final class Patience {
    /** A minute, for a machine that is slow and has others to serve. */
    public static final Duration LONG = Duration.ofMinutes(1);

    /** The same in seconds. */
    public static final long SECONDS = LONG.toSeconds();

    private static final long PAUSE_MILLIS = 5;

    private Patience() {}

    /** Something to look at. */
    @FunctionalInterface
    public interface Look<E extends Exception> {
        /** Whether it is so by now. */
        boolean isSo() throws E;
    }

    /** Looks again and again, leaving the processor to others, and fails when it is not so after {@link #LONG}. */
    public static <E extends Exception> void until(String what, Look<E> look) throws E, InterruptedException {
        long begun = System.nanoTime();
        while (!look.isSo()) {
            if (System.nanoTime() - begun > LONG.toNanos()) {
                throw new AssertionError("not within " + LONG.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
