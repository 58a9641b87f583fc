package io.peerup.interop.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets every kind of churn happen in turn, a few at once. */
final class Crowd {
    private static final int AT_ONCE = 4;

    /** A machine on which so many times the time is not enough for the least of everything does not work at all. */
    private static final int LONGEST_FACTOR = 5;

    private static final Duration LONGEST_MORE = Duration.ofMinutes(3);

    private final Town town;
    private final List<Counted> kinds;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable AssertionError> wrong = new AtomicReference<>();

    Crowd(Town town, List<Churn> kinds) {
        this.town = town;
        this.kinds = kinds.stream().map(Counted::none).toList();
    }

    /** For so long, and on a slow machine until every kind has happened as often as it must. */
    void comeAndGo(Duration time) throws InterruptedException {
        long begun = System.nanoTime();
        long longest = time.multipliedBy(LONGEST_FACTOR).plus(LONGEST_MORE).toNanos();
        CountDownLatch over = new CountDownLatch(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            Thread.ofPlatform().daemon().name("crowd-" + i).start(() -> {
                while (wrong.get() == null && goesOn(System.nanoTime() - begun, time, longest)) {
                    oneMore();
                }
                over.countDown();
            });
        }
        over.await();
        AssertionError first = wrong.get();
        if (first != null) {
            throw first;
        }
    }

    /** How often each kind happened so far. */
    List<Counted> counted() {
        return kinds;
    }

    /** The kinds that did not happen as often as they must, one line each. */
    List<String> missing(Duration time) {
        return kinds.stream()
                .filter(each -> each.tally().done() < least(each.churn(), time))
                .map(each -> "%s happened %d times, not %d; last failure: %s"
                        .formatted(
                                each.churn().name(),
                                each.tally().done(),
                                least(each.churn(), time),
                                each.tally().lastFailure()))
                .toList();
    }

    private boolean goesOn(long passedNanos, Duration time, long longestNanos) {
        return passedNanos < time.toNanos()
                || (passedNanos < longestNanos && !missing(time).isEmpty());
    }

    private static long least(Churn kind, Duration time) {
        return Math.max(1, (long) (kind.leastPerMinute() * time.toSeconds() / 60));
    }

    private void oneMore() {
        Counted kind = kinds.get(Math.floorMod(next.getAndIncrement(), kinds.size()));
        try {
            kind.churn().deed().happenIn(town);
            kind.tally().happened();
        } catch (AssertionError notAsSent) {
            wrong.compareAndSet(
                    null, new AssertionError(kind.churn().name() + ": " + notAsSent.getMessage(), notAsSent));
        } catch (Exception failed) {
            kind.tally().failed(failed);
        }
    }
}
