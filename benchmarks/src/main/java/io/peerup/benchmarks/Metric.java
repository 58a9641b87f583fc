package io.peerup.benchmarks;

import java.util.Optional;

/**
 * A figure that every lane of a line gives.
 *
 * @param unit what it counts in, such as {@code Gbit/s}
 * @param goal what our lane must reach, if anything
 */
public record Metric(String name, String unit, Optional<Goal> goal) {
    /** A figure that has to be so many times the yardstick's at least. */
    public static Metric atLeast(double ratio, String name, String unit) {
        return new Metric(name, unit, Optional.of(new Goal(ratio, true)));
    }

    /** A figure that may be so many times the yardstick's at most. */
    public static Metric atMost(double ratio, String name, String unit) {
        return new Metric(name, unit, Optional.of(new Goal(ratio, false)));
    }

    /** A figure without a goal. */
    public static Metric of(String name, String unit) {
        return new Metric(name, unit, Optional.empty());
    }

    /** A ratio to the yardstick in the same run. */
    public record Goal(double ratio, boolean least) {
        /** Whether this ratio will do. */
        public boolean isMetBy(double actual) {
            return least ? actual >= ratio : actual <= ratio;
        }

        @Override
        public String toString() {
            return (least ? "≥ " : "≤ ") + ratio;
        }
    }
}
