package io.peerup.interop.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what leaks. */
final class Judge {
    private final Bounds bounds;

    Judge(Bounds bounds) {
        this.bounds = bounds;
    }

    /** One line for each complaint; empty when the process holds nothing that it should have let go. */
    List<String> complaints(Course course) {
        List<String> complaints = new ArrayList<>();
        Rest before = course.before();
        Rest after = course.after();
        compare(before.files(), after.files(), bounds.files(), "descriptors", complaints);
        compare(before.threads(), after.threads(), bounds.threads(), "threads", complaints);
        compare(before.heapKib(), after.heapKib(), bounds.heapKib(), "KiB alive on the heap", complaints);
        List<Sample> half = course.secondHalf();
        double slope = Slope.rssMbPerHour(half);
        double allowed = bounds.slope(half.getLast().seconds() - half.getFirst().seconds());
        if (slope > allowed) {
            complaints.add(
                    String.format(Locale.ROOT, "resident memory grows by %.0f MB/h, more than %.0f", slope, allowed));
        }
        course.alarms().forEach(line -> complaints.add("its log says: " + line));
        return complaints.stream().map(line -> course.process() + ": " + line).toList();
    }

    private static void compare(long before, long after, long allowed, String what, List<String> complaints) {
        if (after > before + allowed) {
            complaints.add("%d %s where there were %d, more than %d above".formatted(after, what, before, allowed));
        }
    }
}
