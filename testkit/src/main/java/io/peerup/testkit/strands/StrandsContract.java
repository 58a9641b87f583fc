package io.peerup.testkit.strands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Strands} does. Extend it in a test and say which one is meant. */
public abstract class StrandsContract {
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final Duration AN_AGE = Duration.ofDays(1);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Strands strands;

    /** A new one, for one test. */
    protected abstract Strands strands();

    @BeforeEach
    final void startAnew() {
        strands = strands();
        log.clear();
    }

    @Test
    void aStrandDeliversWhatItsStoryReturns() throws Exception {
        try (StrandScope scope = strands.open("scope")) {
            assertThat(strands.await(scope.fork("story", () -> "told").result()))
                    .isEqualTo("told");
        }
    }

    @Test
    void aStrandDeliversWhatItsStoryThrows() {
        try (StrandScope scope = strands.open("scope")) {
            Strand<String> strand = scope.fork("story", () -> {
                throw new IOException("broken");
            });
            assertThatThrownBy(() -> strands.await(strand.result()))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
        }
    }

    @Test
    void sleepingLetsTimePass() throws Exception {
        long before = strands.nanoTime();
        strands.sleep(A_MOMENT);
        assertThat(strands.nanoTime() - before).isGreaterThanOrEqualTo(A_MOMENT.toNanos());
    }

    @Test
    void aStrandSleepsAsLong() throws Exception {
        try (StrandScope scope = strands.open("scope")) {
            Strand<Long> slept = scope.fork("sleeper", () -> {
                long before = strands.nanoTime();
                strands.sleep(A_MOMENT);
                return strands.nanoTime() - before;
            });
            assertThat(strands.await(slept.result())).isGreaterThanOrEqualTo(A_MOMENT.toNanos());
        }
    }

    @Test
    void oneStrandAwaitsAnother() throws Exception {
        try (StrandScope scope = strands.open("scope")) {
            CompletableFuture<String> handed = new CompletableFuture<>();
            Strand<String> waiting = scope.fork("waiting", () -> strands.await(handed) + " received");
            scope.fork("giving", () -> handed.complete("handed"));
            assertThat(strands.await(waiting.result())).isEqualTo("handed received");
        }
    }

    @Test
    void patienceEndsAWait() {
        assertThatThrownBy(() -> strands.await(new CompletableFuture<>(), A_MOMENT))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void patienceEndsTheWaitOfAStrand() {
        try (StrandScope scope = strands.open("scope")) {
            Strand<Object> strand = scope.fork("waiting", () -> strands.await(new CompletableFuture<>(), A_MOMENT));
            assertThatThrownBy(() -> strands.await(strand.result())).hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void whatIsCompleteIsNotWaitedFor() throws Exception {
        assertThat(strands.await(CompletableFuture.completedStage("ready"), Duration.ZERO))
                .isEqualTo("ready");
    }

    @Test
    void aCancelledStrandReleasesWhatItHolds() throws Exception {
        try (StrandScope scope = strands.open("scope")) {
            CompletableFuture<Void> holding = new CompletableFuture<>();
            Strand<String> strand = scope.fork("holder", () -> hold(holding));
            strands.await(holding);
            strand.cancel();
            assertThatThrownBy(() -> strands.await(strand.result())).hasCauseInstanceOf(CancellationException.class);
            assertThat(log).containsExactly("released");
        }
    }

    @Test
    void aCancelledStrandIsToldFromOneThatFailed() throws Exception {
        try (StrandScope scope = strands.open("scope")) {
            Strand<String> cancelled = scope.fork("holder", () -> hold(new CompletableFuture<>()));
            cancelled.cancel();
            assertThat(seesACancellation(cancelled)).isTrue();
            Strand<String> failed = scope.fork("failing", () -> {
                throw new IOException("no");
            });
            assertThat(seesACancellation(failed)).isFalse();
        }
    }

    @Test
    void aStrandThatIsCancelledBeforeItBeginsDoesNotWait() {
        try (StrandScope scope = strands.open("scope")) {
            Strand<String> strand = scope.fork("late", () -> hold(new CompletableFuture<>()));
            strand.cancel();
            assertThatThrownBy(() -> strands.await(strand.result())).hasCauseInstanceOf(CancellationException.class);
        }
    }

    @Test
    void cancellingOneStrandLeavesItsSiblingAlone() throws Exception {
        try (StrandScope scope = strands.open("scope")) {
            CompletableFuture<String> awaited = new CompletableFuture<>();
            Strand<String> sibling = scope.fork("sibling", () -> strands.await(awaited));
            scope.fork("cancelled", () -> hold(new CompletableFuture<>())).cancel();
            awaited.complete("unharmed");
            assertThat(strands.await(sibling.result())).isEqualTo("unharmed");
        }
    }

    @Test
    void closingAScopeWaitsUntilItsStrandsHaveReleasedWhatTheyHold() throws Exception {
        CompletableFuture<Void> holding = new CompletableFuture<>();
        StrandScope scope = strands.open("scope");
        scope.fork("holder", () -> hold(holding));
        strands.await(holding);
        scope.close();
        assertThat(log).containsExactly("released");
        scope.close();
    }

    @Test
    void aScopeInAStrandEndsBeforeTheStrand() throws Exception {
        CompletableFuture<Void> holding = new CompletableFuture<>();
        try (StrandScope scope = strands.open("outer")) {
            scope.fork("parent", () -> {
                try (StrandScope inner = strands.open("inner")) {
                    inner.fork("child", () -> hold(holding));
                    strands.sleep(AN_AGE);
                } finally {
                    log.add("parent ended");
                }
                return "slept";
            });
            strands.await(holding);
        }
        assertThat(log).containsExactly("released", "parent ended");
    }

    @Test
    void aClosedScopeTakesNoMoreStrands() {
        StrandScope scope = strands.open("scope");
        scope.close();
        assertThatIllegalStateException().isThrownBy(() -> scope.fork("late", () -> "never"));
    }

    @Test
    void anInterruptedOwnerWaitsAllTheSameAndStaysInterrupted() throws Exception {
        CompletableFuture<Void> holding = new CompletableFuture<>();
        StrandScope scope = strands.open("scope");
        scope.fork("holder", () -> hold(holding));
        strands.await(holding);
        Thread.currentThread().interrupt();
        scope.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).containsExactly("released");
    }

    @Test
    void anInterruptedThreadDoesNotBeginToWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> strands.await(new CompletableFuture<>())).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> strands.sleep(AN_AGE)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anEventLoopMustNotWait() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread loop = new FastThreadLocalThread(() -> {
            try {
                strands.await(new CompletableFuture<>());
            } catch (Exception expected) {
                thrown.complete(expected);
            }
        });
        loop.start();
        loop.join();
        assertThat(thrown).isCompletedWithValueMatching(IllegalStateException.class::isInstance);
    }

    /** Holds something for an age, or until cancelled. */
    private boolean seesACancellation(Strand<String> strand) throws Exception {
        return strands.await(strand.result().handle((value, failure) -> Strand.isCancellation(failure)));
    }

    private String hold(CompletableFuture<Void> holding) throws InterruptedException {
        try {
            holding.complete(null);
            strands.sleep(AN_AGE);
            return "kept";
        } finally {
            log.add("released");
        }
    }
}
