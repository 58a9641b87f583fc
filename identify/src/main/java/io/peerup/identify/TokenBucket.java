package io.peerup.identify;

/** A supply that refills with time. Full at first. For one thread; time is an argument. */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final int burst;
    private double tokens;
    private long filledNanos;
    private boolean used;

    /**
     * A full bucket.
     *
     * @param perSecond tokens that come back
     * @param burst tokens that fit
     */
    TokenBucket(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    /** Whether there is a token; monotonic time never goes back. */
    boolean holdsOne(long nowNanos) {
        if (used) {
            double refill = (nowNanos - filledNanos) / NANOS_PER_SECOND * perSecond;
            tokens = Math.min(burst, tokens + refill);
        }
        used = true;
        filledNanos = nowNanos;
        return tokens >= 1;
    }

    /** Takes the token that was just seen. */
    void takeOne() {
        tokens--;
    }
}
