package io.peerup.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What came of a line: the samples of every lane, in the order of the rounds. */
record Measured(Line line, String yardstick, String ours, Map<String, Sample> cold, Map<String, List<Sample>> rounds) {
    /** With fewer quiet rounds than this, all rounds count. */
    static final int LEAST_QUIET_ROUNDS = 3;

    static Measured begin(Line line, Line.Lanes lanes) {
        Measured begun =
                new Measured(line, lanes.yardstick(), lanes.ours(), new LinkedHashMap<>(), new LinkedHashMap<>());
        lanes.all().forEach(lane -> begun.rounds.put(lane.name(), new ArrayList<>()));
        return begun;
    }

    void add(String lane, Sample sample) {
        samples(lane).add(sample);
    }

    /** How many rounds no lane was disturbed in. */
    int quietRounds() {
        return undisturbed().size();
    }

    int roundCount() {
        return rounds.values().iterator().next().size();
    }

    /** The samples that count: those of the undisturbed rounds where there are enough. */
    List<Sample> counting(String lane) {
        List<Sample> all = samples(lane);
        List<Integer> quiet = undisturbed();
        return quiet.size() < LEAST_QUIET_ROUNDS
                ? all
                : quiet.stream().map(all::get).toList();
    }

    Series series(String lane, int metric) {
        return Series.of(counting(lane), sample -> sample.values()[metric]);
    }

    /** The median of a lane in medians of the yardstick. */
    double ratio(String lane, int metric) {
        return series(lane, metric).median() / series(yardstick, metric).median();
    }

    private List<Sample> samples(String lane) {
        return Objects.requireNonNull(rounds.get(lane), lane);
    }

    private List<Integer> undisturbed() {
        List<Integer> quiet = new ArrayList<>();
        for (int round = 0; round < roundCount(); round++) {
            int each = round;
            if (rounds.values().stream().allMatch(samples -> samples.get(each).quiet())) {
                quiet.add(round);
            }
        }
        return quiet;
    }
}
