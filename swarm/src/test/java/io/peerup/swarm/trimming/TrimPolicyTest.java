package io.peerup.swarm.trimming;

import static io.peerup.swarm.trimming.Somebody.idle;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrimPolicyTest {
    private static final Watermarks USUAL = Watermarks.defaults();
    private static final TrimPolicy POLICY = new TrimPolicy(USUAL);
    private static final TrimPolicy KEEPS_ONE = new TrimPolicy(USUAL.withWater(1, 1));

    @Test
    void asManyAsTheHighWaterAreFine() {
        assertThat(select(POLICY, crowd("peer", 192).toList())).isEmpty();
    }

    @Test
    void withOneMoreTheLowWaterStays() {
        assertThat(select(POLICY, crowd("peer", 193).toList())).hasSize(33);
    }

    @Test
    void whatIsWorthLeastGoesFirst() {
        List<Somebody> all = List.of(
                idle("best").worth(5),
                idle("11 liked circuit").worth(1).relayed(),
                idle("10 a stream, dialed by us").streaming(1).dialedByUs(),
                idle("09 two streams").streaming(2),
                idle("08 one stream").streaming(1),
                idle("07 busy circuit").relayed().streaming(5),
                idle("06 dialed by us").dialedByUs(),
                idle("05 old"),
                idle("04 not so old").aged(Duration.ofMinutes(2)),
                idle("03 circuit that we dialed").relayed().dialedByUs(),
                idle("02 circuit").relayed(),
                idle("01 disliked").worth(-1).streaming(9).dialedByUs());
        List<String> chosen = select(KEEPS_ONE, all);
        assertThat(chosen).hasSize(11).isSorted();
        assertThat(select(KEEPS_ONE, all.reversed())).isEqualTo(chosen);
    }

    @Test
    void aProtectedPeerStaysWhateverElseIsSaidAboutIt() {
        Somebody wretched = idle("protected").worth(-9).relayed().guarded();
        assertThat(select(
                        KEEPS_ONE,
                        List.of(wretched, idle("a").worth(9), idle("b").worth(10))))
                .containsExactly("a");
    }

    @Test
    void whoIsNewHasAMinute() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(select(
                        KEEPS_ONE,
                        List.of(
                                idle("new").aged(minute.minusNanos(1)),
                                idle("no longer new").aged(minute),
                                idle("old"))))
                .containsExactly("no longer new");
    }

    @Test
    void aCrowdOfNewcomersPushesNobodyOut() {
        Stream<Somebody> newcomers = crowd("newcomer", 1000).map(one -> one.aged(Duration.ZERO));
        assertThat(select(
                        POLICY, Stream.concat(newcomers, crowd("regular", 160)).toList()))
                .isEmpty();
    }

    @Test
    void theProtectedTakeNoPlaceOfTheOthers() {
        Stream<Somebody> reservations = crowd("reservation", 1000).map(Somebody::guarded);
        assertThat(select(
                        POLICY, Stream.concat(reservations, crowd("other", 170)).toList()))
                .hasSize(10)
                .allMatch(name -> name.startsWith("other"));
    }

    private static List<String> select(TrimPolicy policy, List<Somebody> all) {
        return policy.select(Somebody.candidates(all));
    }

    private static Stream<Somebody> crowd(String name, int size) {
        return IntStream.range(0, size).mapToObj(i -> idle(name + " " + i));
    }
}
