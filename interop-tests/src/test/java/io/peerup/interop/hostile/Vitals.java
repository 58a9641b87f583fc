package io.peerup.interop.hostile;

import io.peerup.interop.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds, told by the kernel and by the JVM's own account.
 *
 * @param rssKib resident memory
 * @param heapKib what is alive on the heap, after a collection
 * @param directKib memory outside the heap that its code asked for, Netty's buffers above all
 * @param files open file descriptors
 * @param threads of the kernel
 */
record Vitals(long rssKib, long heapKib, long directKib, long files, long threads) {
    private static final Pattern USED = Pattern.compile("\\btotal \\d+K, used (\\d+)K");
    private static final Pattern DIRECT = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");

    /**
     * What may stay behind: pooled buffers, code that was compiled meanwhile, threads of pools. Resident memory says least: a
     * JVM that has only just started takes 50 MB more for a minute's work, and gives little of it back.
     */
    static final Vitals TOLERANCE = new Vitals(128 << 10, 8 << 10, 24 << 10, 16, 12);

    /** Collects garbage first. */
    static Vitals of(long pid) throws IOException, InterruptedException {
        JvmCommand.run(pid, "GC.run");
        String generations = JvmCommand.run(pid, "GC.heap_info");
        long heap = USED.matcher(generations)
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
        if (heap == 0) {
            throw new IOException("nobody can tell what is on the heap: " + generations);
        }
        Matcher direct = DIRECT.matcher(JvmCommand.run(pid, "VM.native_memory summary"));
        Path proc = Path.of("/proc", Long.toString(pid));
        return new Vitals(
                statusKib(proc),
                heap,
                direct.find() ? Long.parseLong(direct.group(1)) : 0,
                entries(proc, "fd"),
                entries(proc, "task"));
    }

    /** Whether nothing is more than the tolerance above what it was. */
    boolean isBackAt(Vitals before) {
        return rssKib <= before.rssKib + TOLERANCE.rssKib
                && heapKib <= before.heapKib + TOLERANCE.heapKib
                && directKib <= before.directKib + TOLERANCE.directKib
                && files <= before.files + TOLERANCE.files
                && threads <= before.threads + TOLERANCE.threads;
    }

    /** Only the kernel's number, which disturbs nobody. */
    static long rssKib(long pid) throws IOException {
        return statusKib(Path.of("/proc", Long.toString(pid)));
    }

    private static long statusKib(Path proc) throws IOException {
        try (Stream<String> lines = Files.lines(proc.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("not running: " + proc));
        }
    }

    private static long entries(Path proc, String directory) throws IOException {
        try (Stream<Path> entries = Files.list(proc.resolve(directory))) {
            return entries.count();
        }
    }
}
