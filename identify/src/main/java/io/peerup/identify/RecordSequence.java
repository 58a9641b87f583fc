package io.peerup.identify;

/** Sequence numbers of signed peer records: Unix time in nanoseconds, made strictly increasing. For one thread. */
public final class RecordSequence {
    private long last;

    /**
     * The next number: now, unless the calendar stands still or was set back.
     *
     * @param nowUnixNanos nanoseconds since 1970
     */
    public long next(long nowUnixNanos) {
        last = Math.max(last + 1, nowUnixNanos);
        return last;
    }
}
