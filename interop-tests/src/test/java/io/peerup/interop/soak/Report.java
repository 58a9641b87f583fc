package io.peerup.interop.soak;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * All that came of a run, for people and for programs.
 *
 * @param minutes that were asked for
 */
record Report(double minutes, List<Figures> processes, List<Happened> churn, List<String> complaints) {
    /** One process; {@code rssMb} after the warm-up, after half of the time and at the end. */
    record Figures(
            String process,
            List<Double> rssMb,
            double rssSlopeMbPerHour,
            double seconds,
            Rest before,
            Rest after,
            long mostFiles,
            long mostThreads) {
        static Figures of(Course course) {
            List<Sample> samples = course.samples();
            List<Sample> half = course.secondHalf();
            return new Figures(
                    course.process(),
                    List.of(mb(samples.getFirst()), mb(half.getFirst()), mb(samples.getLast())),
                    Slope.rssMbPerHour(half),
                    samples.getLast().seconds(),
                    course.before(),
                    course.after(),
                    samples.stream().mapToLong(Sample::files).max().orElse(0),
                    samples.stream().mapToLong(Sample::threads).max().orElse(0));
        }

        private static double mb(Sample sample) {
            return sample.rssKib() * 1024 / 1e6;
        }
    }

    /** One kind of churn. */
    record Happened(String kind, long times, long failed, String lastFailure) {}

    static Report of(double minutes, List<Course> courses, List<Counted> churn, List<String> complaints) {
        return new Report(
                minutes,
                courses.stream().map(Figures::of).toList(),
                churn.stream()
                        .map(each -> new Happened(
                                each.churn().name(),
                                each.tally().done(),
                                each.tally().failed(),
                                each.tally()
                                        .lastFailure()
                                        .map(Throwable::toString)
                                        .orElse("")))
                        .toList(),
                List.copyOf(complaints));
    }

    String table() {
        try (Formatter table = new Formatter(Locale.ROOT)) {
            table.format(
                    "%-8s %8s %8s %8s %12s %16s %14s %14s%n",
                    "", "RSS MB", "half", "end", "slope MB/h", "heap KiB", "descriptors", "threads");
            for (Figures each : processes) {
                table.format(
                        "%-8s %8.1f %8.1f %8.1f %12.1f %7d -> %5d %3d -> %3d (%d) %3d -> %3d (%d)%n",
                        each.process,
                        each.rssMb.get(0),
                        each.rssMb.get(1),
                        each.rssMb.get(2),
                        each.rssSlopeMbPerHour,
                        each.before.heapKib(),
                        each.after.heapKib(),
                        each.before.files(),
                        each.after.files(),
                        each.mostFiles,
                        each.before.threads(),
                        each.after.threads(),
                        each.mostThreads);
            }
            for (Happened each : churn) {
                table.format("%6d  %-50s %s%n", each.times, each.kind, failures(each));
            }
            complaints.forEach(line -> table.format("%s%n", line));
            return table.toString();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(this) + "\n");
    }

    private static String failures(Happened each) {
        return each.failed == 0 ? "" : "and " + each.failed + " failed, the last: " + each.lastFailure;
    }
}
