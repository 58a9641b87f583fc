package io.peerup.benchmarks.lines;

import io.peerup.testkit.process.ProcessorTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that stays, and says on its output how far it is. */
final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final long GRACE_SECONDS = 10;

    private final long began = System.nanoTime();
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private String last = "";

    private Program(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("program-output").start(this::read);
        // Nothing that was started outlives a run that is stopped half-way.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    }

    static Program start(Path directory, List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Waits for a line with this in it, and returns that line. */
    String await(String part) throws IOException, InterruptedException {
        do {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("waited in vain for: " + part + "; last line: " + last);
            }
            last = line;
        } while (!last.contains(part));
        return last;
    }

    double millisSinceStart() {
        return (System.nanoTime() - began) / 1e6;
    }

    long pid() {
        return process.pid();
    }

    /** Of the process and of all that it has started and that still run. */
    double processorSeconds() throws IOException {
        double sum = ProcessorTime.of(pid());
        for (ProcessHandle child : process.descendants().toList()) {
            sum += ProcessorTime.of(child.pid());
        }
        return sum;
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroy);
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add("ended");
        }
    }
}
