package io.peerup.interop.lab;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process in the laboratory. What it prints, errors included, goes to its log and can be waited for. */
public final class LabProcess implements AutoCloseable {
    private static final Duration GRACE = Patience.LONG;

    private final Process outside;
    private final ProcessHandle command;
    private final Transcript transcript;

    private LabProcess(Process outside, ProcessHandle command, Transcript transcript) {
        this.outside = outside;
        this.command = command;
        this.transcript = transcript;
    }

    static LabProcess start(ProcessBuilder builder, Path log) throws IOException {
        Process outside = builder.redirectErrorStream(true).start();
        Transcript transcript = transcript(outside, log);
        return new LabProcess(outside, command(outside), transcript);
    }

    /** Starts a process on the machine itself, outside every laboratory. */
    public static LabProcess onThisMachine(ProcessBuilder builder, Path log) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        return new LabProcess(process, process.toHandle(), transcript(process, log));
    }

    /** The process id of the command itself, as the machine numbers it. */
    public long pid() {
        return command.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return outside.isAlive();
    }

    /** Waits for the first line, printed already or still to come, in which the expression is found. */
    public MatchResult waitForLine(String regex, Duration timeout) throws InterruptedException {
        return transcript.await(Pattern.compile(regex), timeout);
    }

    /** All lines so far. */
    public List<String> lines() {
        return transcript.lines();
    }

    /** Gives it a line to read. */
    public void type(String line) throws IOException {
        input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input().flush();
    }

    /** What it reads as its standard input; unflushed until asked. */
    public OutputStream input() {
        return outside.getOutputStream();
    }

    /** Lets it read the end of its input. */
    public void closeInput() throws IOException {
        try {
            input().close();
        } catch (IOException gone) {
            // What was not yet read when the process ended is nobody's concern: its exit code tells.
            if (outside.isAlive()) {
                throw gone;
            }
        }
    }

    /**
     * Its exit code, 128 and the signal's number if one ended it. One that does not end in time is killed, and the test
     * fails.
     */
    public int waitFor(Duration timeout) throws InterruptedException {
        if (!outside.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            kill();
            throw new AssertionError("still running after " + timeout + ": " + lines());
        }
        transcript.awaitEnd(GRACE);
        return outside.exitValue();
    }

    /** Asks it to end, by SIGTERM. */
    public int stop() throws InterruptedException {
        command.destroy();
        return waitFor(GRACE);
    }

    /** Ends it without asking, by SIGKILL. */
    public int kill() throws InterruptedException {
        command.destroyForcibly();
        return outside.waitFor();
    }

    /** Resident memory in KiB. */
    public long rssKib() throws IOException {
        try (Stream<String> status = Files.lines(proc().resolve("status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no resident memory: " + pid()));
        }
    }

    /** How many descriptors it has open. */
    public long openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(proc().resolve("fd"))) {
            return descriptors.count();
        }
    }

    /** How many threads it has. */
    public long threads() throws IOException {
        try (Stream<Path> threads = Files.list(proc().resolve("task"))) {
            return threads.count();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (isAlive()) {
            stop();
        }
    }

    private static Transcript transcript(Process process, Path log) {
        Transcript transcript = new Transcript();
        Thread.ofPlatform()
                .daemon()
                .name("transcript-" + log.getFileName())
                .start(() -> transcript.record(process.getInputStream(), log));
        return transcript;
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(pid()));
    }

    /**
     * Entering a process namespace takes a fork: the program we started waits outside, its only child is the command.
     */
    private static ProcessHandle command(Process outside) {
        while (outside.isAlive()) {
            Optional<ProcessHandle> child = outside.children().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            LockSupport.parkNanos(1_000_000);
        }
        return outside.toHandle();
    }
}
