package io.peerup.interop.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is left in processes of something that went on between two rests; and waits for it to go. */
final class Residue {
    /** More than a slow machine needs. */
    static final Duration LONGEST_REST = Duration.ofMinutes(2);

    private final List<Subject> subjects;
    private final Bounds bounds;
    private final List<Rest> before = new ArrayList<>();

    /** What goes on. */
    interface Work {
        void run() throws Exception;
    }

    private Residue(List<Subject> subjects, Bounds bounds) {
        this.subjects = subjects;
        this.bounds = bounds;
    }

    /** Begins with warmed-up processes in which nothing goes on. */
    static Residue in(List<Subject> subjects, Bounds bounds) throws Exception {
        Residue residue = new Residue(subjects, bounds);
        for (Subject each : subjects) {
            // Once for nothing: a JVM that is asked for the first time starts a thread to answer.
            Rest.heapKib(each.process());
            residue.before.add(Rest.of(each.process(), Residue::same, LONGEST_REST));
        }
        return residue;
    }

    /**
     * Watches the work.
     *
     * @param longest wait for descriptors and threads to be given back
     * @param encore allocates again: only then Netty tells of the buffers that the collections at rest found dropped
     */
    List<Course> of(Work work, Work encore, Duration longest) throws Exception {
        Watch watch = Watch.over(subjects);
        try (watch) {
            work.run();
        }
        List<Rest> after = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Rest then = before.get(i);
            after.add(Rest.of(subjects.get(i).process(), (earlier, now) -> bounds.areKept(then, now), longest));
        }
        encore.run();
        List<Course> courses = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            courses.add(new Course(
                    subject.name(),
                    before.get(i),
                    watch.samples(subject),
                    after.get(i),
                    Alarms.in(subject.process().lines())));
        }
        return courses;
    }

    private static boolean same(Sample earlier, Sample now) {
        return earlier.files() == now.files() && earlier.threads() == now.threads();
    }
}
