package io.peerup.interop.soak;

import io.peerup.interop.JvmCommand;
import io.peerup.interop.lab.LabProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process holds when nothing goes on.
 *
 * @param heapKib what is alive on the heap, after a collection
 * @param files open file descriptors
 * @param threads of the kernel
 */
record Rest(long heapKib, long files, long threads) {
    private static final Pattern ALIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final int LEAST_SECONDS = 5;

    /**
     * Waits some seconds, and then until what it holds is at rest; gives up waiting, not looking.
     *
     * @param atRest of what it held five seconds ago and holds now
     */
    static Rest of(LabProcess process, BiPredicate<Sample, Sample> atRest, Duration longest)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        Sample earlier;
        Sample now = Sample.of(process, 0);
        do {
            earlier = now;
            TimeUnit.SECONDS.sleep(LEAST_SECONDS);
            now = Sample.of(process, 0);
        } while (!atRest.test(earlier, now) && System.nanoTime() < until);
        return new Rest(heapKib(process), now.files(), now.threads());
    }

    /** Collects garbage, twice for what only the first collection lets go. */
    static long heapKib(LabProcess process) throws IOException, InterruptedException {
        JvmCommand.run(process.pid(), "GC.run");
        Matcher total = ALIVE.matcher(JvmCommand.run(process.pid(), "GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("a histogram without a total");
        }
        return Long.parseLong(total.group(1)) >> 10;
    }
}
