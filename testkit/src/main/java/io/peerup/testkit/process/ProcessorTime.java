package io.peerup.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the kernel says about processor time, in seconds since the start; it counts hundredths. */
public final class ProcessorTime {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int IDLE = 3;
    private static final int WAITING = 4;

    private ProcessorTime() {}

    /** Used by a process. */
    public static double of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name in parentheses may contain anything.
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 2));
        return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME))) / TICKS_PER_SECOND;
    }

    /** Used by everybody on this machine, all processors together. */
    public static double ofAll() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/stat")).getFirst();
        List<String> fields = words(line.substring("cpu".length()).strip());
        long busy = 0;
        for (int field = 0; field < fields.size(); field++) {
            busy += field == IDLE || field == WAITING ? 0 : Long.parseLong(fields.get(field));
        }
        return busy / TICKS_PER_SECOND;
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.strip().split(" +", -1));
    }
}
