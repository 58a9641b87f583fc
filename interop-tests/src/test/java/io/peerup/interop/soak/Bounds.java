package io.peerup.interop.soak;

/**
 * How much a process may hold more than before, and how it may grow.
 *
 * @param rssMb growth of resident memory over the second half of a run, by its slope: garbage comes and goes, pools fill
 * @param rssMbPerHour the slope over a half that is long enough for that to even out, {@link #LONG_HALF_SECONDS}
 * @param heapKib alive on the heap at rest: tables of known size that fill, above all the address book, whose 4096 peers take
 *     3 MB; code that was loaded meanwhile
 * @param files descriptors at rest: what a JVM opens when it likes, such as a source of random numbers or a socket of
 *     its attach listener
 * @param threads at rest: compiler threads and carriers of virtual threads, which the JVM starts and ends by its own
 *     judgement
 */
record Bounds(double rssMb, double rssMbPerHour, long heapKib, long files, long threads) {
    static final Bounds USUAL = new Bounds(32, 24, 6 << 10, 4, 6);

    /** A quarter of an hour. */
    static final double LONG_HALF_SECONDS = 900;

    /** What slope is allowed where half of the run took so many seconds. */
    double slope(double halfSeconds) {
        return halfSeconds < LONG_HALF_SECONDS ? rssMb * 3600 / Math.max(1, halfSeconds) : rssMbPerHour;
    }

    /** Whether descriptors and threads are back. */
    boolean areKept(Rest before, Sample now) {
        return now.files() <= before.files() + files && now.threads() <= before.threads() + threads;
    }
}
