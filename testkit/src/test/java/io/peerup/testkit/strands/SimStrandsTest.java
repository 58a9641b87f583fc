package io.peerup.testkit.strands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SimStrandsTest {
    private final SimStrands strands = new SimStrands();
    private final List<String> log = new ArrayList<>();

    @Test
    void aRaceOfThreeGivesTheSameLogTwoHundredTimes() throws Exception {
        List<String> first = race();
        assertThat(first)
                .containsExactly(
                        "0 ms alpha starts",
                        "0 ms beta starts",
                        "0 ms gamma starts",
                        "300 ms beta arrives",
                        "300 ms beta wins",
                        "300 ms alpha gives up",
                        "300 ms gamma gives up",
                        "300 ms the race is over");
        for (int run = 1; run < 200; run++) {
            assertThat(race()).isEqualTo(first);
        }
    }

    @Test
    void nothingRunsUntilTheTestLetsIt() {
        StrandScope scope = strands.open("scope");
        scope.fork("strand", () -> log.add("ran"));
        assertThat(log).isEmpty();
        strands.runUntilIdle();
        assertThat(log).containsExactly("ran");
    }

    @Test
    void theClockStandsStillUntilItIsMoved() {
        StrandScope scope = strands.open("scope");
        scope.fork("sleeper", () -> {
            strands.sleep(Duration.ofSeconds(5));
            return log.add("woke");
        });
        long before = strands.nanoTime();
        strands.runUntilIdle();
        assertThat(strands.nanoTime()).isEqualTo(before);
        strands.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(log).isEmpty();
        strands.advance(Duration.ofNanos(1));
        assertThat(log).containsExactly("woke");
        assertThat(strands.nanoTime() - before).isEqualTo(5_000_000_000L);
    }

    @Test
    void aStrandSeesTheTimeAtWhichItWasDue() {
        StrandScope scope = strands.open("scope");
        long before = strands.nanoTime();
        Strand<Long> woke = scope.fork("sleeper", () -> {
            strands.sleep(Duration.ofSeconds(1));
            strands.sleep(Duration.ofSeconds(1));
            return strands.nanoTime() - before;
        });
        strands.advance(Duration.ofHours(1));
        assertThat(woke.result().toCompletableFuture()).isCompletedWithValue(2_000_000_000L);
    }

    @Test
    void strandsThatAreDueTogetherWakeInTheOrderInWhichTheyFellAsleep() {
        StrandScope scope = strands.open("scope");
        for (String name : List.of("first", "second", "third")) {
            scope.fork(name, () -> {
                strands.sleep(Duration.ofMillis(7));
                return log.add(name);
            });
        }
        strands.advance(Duration.ofMillis(7));
        assertThat(log).containsExactly("first", "second", "third");
    }

    @Test
    void whatWakesAWaitOnceDoesNotCutShortTheNext() {
        StrandScope scope = strands.open("scope");
        CompletableFuture<String> slow = new CompletableFuture<>();
        scope.fork("waiting", () -> {
            try {
                strands.await(slow, Duration.ofMillis(1));
            } catch (TimeoutException expected) {
                log.add("timed out");
            }
            strands.sleep(Duration.ofMillis(10));
            return log.add("slept");
        });
        strands.advance(Duration.ofMillis(2));
        slow.complete("too late");
        strands.runUntilIdle();
        assertThat(log).containsExactly("timed out");
        strands.advance(Duration.ofMillis(9));
        assertThat(log).containsExactly("timed out", "slept");
    }

    @Test
    void aWaitThatNothingCouldEndSaysWhoIsWaiting() {
        StrandScope scope = strands.open("scope");
        Strand<Object> stuck = scope.fork("stuck", () -> strands.await(new CompletableFuture<>()));
        assertThatIllegalStateException()
                .isThrownBy(() -> strands.await(stuck.result()))
                .withMessageContaining("scope/stuck awaits a result");
    }

    @Test
    void onlyTheTestMovesTheClock() {
        StrandScope scope = strands.open("scope");
        Strand<Void> strand = scope.fork("meddler", () -> {
            strands.advance(Duration.ofSeconds(1));
            return null;
        });
        strands.runUntilIdle();
        assertThat(strand.result().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("only the test can");
    }

    private List<String> race() throws Exception {
        SimStrands sim = new SimStrands();
        List<String> story = new ArrayList<>();
        long start = sim.nanoTime();
        CompletableFuture<String> winner = new CompletableFuture<>();
        try (StrandScope course = sim.open("course")) {
            course.fork("judge", () -> {
                try (StrandScope track = sim.open("track")) {
                    run(sim, track, story, start, "alpha", 500, winner);
                    run(sim, track, story, start, "beta", 300, winner);
                    run(sim, track, story, start, "gamma", 400, winner);
                    note(sim, story, start, sim.await(winner) + " wins");
                }
                return note(sim, story, start, "the race is over");
            });
            sim.advance(Duration.ofSeconds(1));
        }
        return story;
    }

    private static void run(
            SimStrands sim,
            StrandScope track,
            List<String> story,
            long start,
            String name,
            int millis,
            CompletableFuture<String> winner) {
        track.fork(name, () -> {
            note(sim, story, start, name + " starts");
            try {
                sim.sleep(Duration.ofMillis(millis));
            } catch (InterruptedException cancelled) {
                note(sim, story, start, name + " gives up");
                throw cancelled;
            }
            note(sim, story, start, name + " arrives");
            return winner.complete(name);
        });
    }

    private static boolean note(SimStrands sim, List<String> story, long start, String what) {
        return story.add((sim.nanoTime() - start) / 1_000_000 + " ms " + what);
    }
}
