package io.peerup.circuitrelay;

import java.time.Duration;

/** When to renew and when to try again: pure decisions, none of which can become a busy loop. */
public final class ReservationTimes {
    /** A reservation that lasted less than this counts as one more failure. */
    public static final Duration STABLE = Duration.ofSeconds(10);

    private static final Duration RENEWAL_MARGIN = Duration.ofMinutes(2);
    private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_REFUSAL = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER_DENIAL = Duration.ofSeconds(30);

    private ReservationTimes() {}

    /** How long a reservation is left alone: until two minutes before its end, or half its life if that is short. */
    public static Duration untilRenewal(Duration lifetime) {
        Duration pause = lifetime.compareTo(RENEWAL_MARGIN.multipliedBy(2)) > 0
                ? lifetime.minus(RENEWAL_MARGIN)
                : lifetime.dividedBy(2);
        return pause.compareTo(SHORTEST_RENEWAL) < 0 ? SHORTEST_RENEWAL : pause;
    }

    /**
     * How long to wait after a failure: half a second, one, then two at most, because a relay of ours that comes back
     * must have us within five. Between half of that and all of it, so that its peers do not come all at once.
     *
     * @param failures one after another, this one included
     * @param jitter 0 inclusive to 1 exclusive
     */
    public static Duration afterFailure(int failures, double jitter) {
        long longest =
                Math.min(FIRST_RETRY.toMillis() << Math.min(Math.max(failures - 1, 0), 8), LONGEST_RETRY.toMillis());
        return Duration.ofMillis((long) (longest * (0.5 + jitter / 2)));
    }

    /** How long to wait after a refusal: what a person must change takes longer than what time heals. */
    public static Duration afterRefusal(StatusCode status) {
        return status.equals(StatusCode.PERMISSION_DENIED) ? RETRY_AFTER_DENIAL : RETRY_AFTER_REFUSAL;
    }
}
