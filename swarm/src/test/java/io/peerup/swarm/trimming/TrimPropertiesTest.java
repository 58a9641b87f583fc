package io.peerup.swarm.trimming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.Direction;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever connections there are, and whatever the waters. */
class TrimPropertiesTest {
    private static final List<PeerId> PEERS =
            IntStream.range(0, 30).mapToObj(Somebody::peer).toList();
    private static final Duration GRACE = Duration.ofSeconds(60);

    @Property
    void nobodyIsCutWhoMayNotBeAndAlwaysInTheSameOrder(
            @ForAll long seed,
            @ForAll @IntRange(max = 80) int size,
            @ForAll @IntRange(min = 1, max = 60) int low,
            @ForAll @IntRange(max = 20) int above) {
        hold(TrimPolicy::new, new Random(seed), size, Watermarks.defaults().withWater(low, low + above));
    }

    @Test
    void aPolicyThatForgetsProtectionIsFoundOut() {
        assertThatThrownBy(() -> holdOften(Unprotecting::new))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is protected");
    }

    @Test
    void aPolicyThatForgetsTheGracePeriodIsFoundOut() {
        assertThatThrownBy(() -> holdOften(Impatient::new))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is new");
    }

    @Test
    void theTrueOneHoldsThere() {
        holdOften(TrimPolicy::new);
    }

    private static void holdOften(Function<Watermarks, TrimPolicy> policies) {
        for (int seed = 0; seed < 50; seed++) {
            hold(policies, new Random(seed), 60, Watermarks.defaults().withWater(5, 10));
        }
    }

    private static void hold(Function<Watermarks, TrimPolicy> policies, Random random, int size, Watermarks waters) {
        TrimPolicy policy = policies.apply(waters);
        List<TrimCandidate<Integer>> all = crowd(random, size);
        List<Integer> chosen = policy.select(all);
        assertThat(chosen).doesNotHaveDuplicates();
        for (int one : chosen) {
            assertThat(all.get(one).isProtected())
                    .as("%s is protected", all.get(one))
                    .isFalse();
            assertThat(all.get(one).ageNanos()).as("%s is new", all.get(one)).isGreaterThanOrEqualTo(GRACE.toNanos());
        }
        assertThat(size - chosen.size()).as("those that stay").isGreaterThanOrEqualTo(Math.min(size, waters.low()));
        if (size <= waters.high()) {
            assertThat(chosen).isEmpty();
        }

        List<TrimCandidate<Integer>> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        assertThat(policy.select(shuffled)).isEqualTo(chosen);
        assertThat(policy.select(without(all, chosen))).as("a second trim").isEmpty();
    }

    /** Each has an age of its own, so that no two are alike. */
    private static List<TrimCandidate<Integer>> crowd(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new TrimCandidate<>(
                        i,
                        PEERS.get(random.nextInt(PEERS.size())),
                        random.nextInt(4) == 0,
                        random.nextInt(5) - 2,
                        Math.max(0, random.nextInt(6) - 3),
                        random.nextBoolean(),
                        random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND,
                        GRACE.toNanos() * random.nextInt(3) + i))
                .toList();
    }

    private static List<TrimCandidate<Integer>> without(List<TrimCandidate<Integer>> all, List<Integer> gone) {
        Set<Integer> missing = new HashSet<>(gone);
        return all.stream().filter(one -> !missing.contains(one.connection())).toList();
    }

    private static final class Unprotecting extends TrimPolicy {
        Unprotecting(Watermarks watermarks) {
            super(watermarks);
        }

        @Override
        boolean maySpare(TrimCandidate<?> candidate) {
            return isPastGrace(candidate);
        }
    }

    private static final class Impatient extends TrimPolicy {
        Impatient(Watermarks watermarks) {
            super(watermarks);
        }

        @Override
        boolean maySpare(TrimCandidate<?> candidate) {
            return !candidate.isProtected();
        }
    }
}
