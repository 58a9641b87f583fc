package io.peerup.interop.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks at processes every second, or as often as the machine allows. */
final class Watch implements AutoCloseable {
    private final Map<Subject, List<Sample>> samples = new HashMap<>();
    private final List<Subject> subjects;
    private final Thread thread;
    private volatile boolean over;

    private Watch(List<Subject> subjects) {
        this.subjects = subjects;
        this.thread = Thread.ofPlatform().daemon().name("watch").start(this::look);
    }

    static Watch over(List<Subject> subjects) {
        return new Watch(subjects);
    }

    /** Ends the watch, and says what it saw of a process. */
    List<Sample> samples(Subject subject) throws InterruptedException {
        close();
        return samples.getOrDefault(subject, List.of());
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }

    private void look() {
        long begun = System.nanoTime();
        try {
            do {
                double seconds = (System.nanoTime() - begun) / 1e9;
                for (Subject each : subjects) {
                    samples.computeIfAbsent(each, first -> new ArrayList<>()).add(Sample.of(each.process(), seconds));
                }
                TimeUnit.SECONDS.sleep(1);
            } while (!over);
        } catch (IOException | InterruptedException ended) {
            // A process that is gone has no rest either, and that is told.
        }
    }
}
