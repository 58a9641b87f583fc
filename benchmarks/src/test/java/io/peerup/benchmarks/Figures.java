package io.peerup.benchmarks;

import java.util.List;
import java.util.Map;

/** A line that somebody else has measured. */
final class Figures {
    private Figures() {}

    static Measured measured(double goal, List<Sample> go, List<Sample> ours) {
        Line line = new Told(List.of(Metric.atLeast(goal, "bulk", "Gbit/s")));
        Measured measured = Measured.begin(
                line,
                new Line.Lanes(List.of(lane("go to go"), lane("ours to ours")), "go to go", "ours to ours", () -> {}));
        go.forEach(sample -> measured.add("go to go", sample));
        ours.forEach(sample -> measured.add("ours to ours", sample));
        measured.cold().put("ours to ours", quiet(0.5));
        return measured;
    }

    static Sample quiet(double value) {
        return sample(value, 0);
    }

    static Sample disturbed(double value) {
        return sample(value, 0.5);
    }

    private static Sample sample(double value, double others) {
        return new Sample(new double[] {value}, 2, Map.of("client", 1.0, "server", 0.002), others);
    }

    private static Lane lane(String name) {
        return new Lane() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Turn turn() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Map<String, Double> processorSeconds() {
                return Map.of();
            }
        };
    }

    private record Told(List<Metric> metrics) implements Line {
        @Override
        public String name() {
            return "bulk";
        }

        @Override
        public String workUnit() {
            return "GB";
        }

        @Override
        public Lanes open(Setting setting) {
            throw new UnsupportedOperationException();
        }
    }
}
