package io.peerup.interop.soak;

import java.util.List;

/** The straight line that fits best. */
final class Slope {
    private static final double KIB_PER_MB = 1e6 / 1024;
    private static final double SECONDS_PER_HOUR = 3600;

    private Slope() {}

    /** How resident memory grows, in MB per hour, by least squares; 0 when all samples are of the same moment. */
    static double rssMbPerHour(List<Sample> samples) {
        double meanSeconds =
                samples.stream().mapToDouble(Sample::seconds).average().orElse(0);
        double meanKib = samples.stream().mapToDouble(Sample::rssKib).average().orElse(0);
        double together = 0;
        double square = 0;
        for (Sample sample : samples) {
            double seconds = sample.seconds() - meanSeconds;
            together += seconds * (sample.rssKib() - meanKib);
            square += seconds * seconds;
        }
        return square == 0 ? 0 : together / square / KIB_PER_MB * SECONDS_PER_HOUR;
    }
}
