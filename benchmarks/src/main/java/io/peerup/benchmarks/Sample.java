package io.peerup.benchmarks;

import java.util.Map;

/**
 * One turn of one lane, and what the machine did meanwhile.
 *
 * @param processorSeconds used by each part, such as client and server
 * @param others share of the machine that was used by nobody who took part, 0 to 1
 */
record Sample(double[] values, double work, Map<String, Double> processorSeconds, double others) {
    /** Neighbours that use more of the machine than this have spoilt a figure. */
    static final double QUIET = 0.125;

    Sample {
        processorSeconds = Map.copyOf(processorSeconds);
    }

    boolean quiet() {
        return others <= QUIET;
    }
}
