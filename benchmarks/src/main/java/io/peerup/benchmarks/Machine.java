package io.peerup.benchmarks;

import io.peerup.testkit.process.ProcessorTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were taken on.
 *
 * @param idle share of the machine that nobody used just before, 0 to 1
 */
record Machine(int processors, String model, String kernel, String congestionControl, double idle) {
    private static final long LOOK_MILLIS = 2000;

    /** Looks around for two seconds. */
    static Machine look() throws IOException, InterruptedException {
        double before = ProcessorTime.ofAll();
        long began = System.nanoTime();
        Thread.sleep(LOOK_MILLIS);
        int processors = Runtime.getRuntime().availableProcessors();
        double busy = (ProcessorTime.ofAll() - before) / ((System.nanoTime() - began) / 1e9 * processors);
        return new Machine(
                processors,
                modelName(),
                System.getProperty("os.version"),
                Files.readString(Path.of("/proc/sys/net/ipv4/tcp_congestion_control"))
                        .strip(),
                Math.max(0, 1 - busy));
    }

    /** In one line. */
    String line() {
        return "%d x %s, Linux %s, %s, Java %s, %.0f %% idle before"
                .formatted(
                        processors,
                        model,
                        kernel,
                        congestionControl,
                        Runtime.version().feature(),
                        idle * 100);
    }

    private static String modelName() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("processor");
    }
}
