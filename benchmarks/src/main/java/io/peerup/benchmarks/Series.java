package io.peerup.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Figures of one kind, sorted. */
record Series(double[] sorted) {
    /** Of all these samples; at least one. */
    static Series of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        return new Series(samples.stream().mapToDouble(figure).sorted().toArray());
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series(double[] theirs) && Arrays.equals(sorted, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
