package io.peerup.interop.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process prints, line by line, kept in memory and in a file. One thread writes, any may wait. */
final class Transcript {
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Copies a stream to the end of the file, until it ends. */
    void record(InputStream printed, Path file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
                BufferedWriter log =
                        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.write(line);
                log.newLine();
                log.flush();
                add(line);
            }
        } catch (IOException broken) {
            add(broken.toString());
        } finally {
            end();
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first line that contains a match, as soon as it is there. */
    synchronized MatchResult await(Pattern pattern, Duration timeout) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        for (int next = 0; ; next++) {
            while (next == lines.size()) {
                long leftNanos = deadlineNanos - System.nanoTime();
                if (ended || leftNanos <= 0) {
                    throw new AssertionError("no line like \"%s\" %s:%n%s"
                            .formatted(pattern, ended ? "before the end" : "within " + timeout, tail()));
                }
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            }
            Matcher matcher = pattern.matcher(lines.get(next));
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
        }
    }

    /** Waits for the last line, and fails where there is none in time: children may have the output and still run. */
    synchronized void awaitEnd(Duration timeout) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); !ended && left > 0; left = deadlineNanos - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (!ended) {
            throw new AssertionError("output goes on for " + timeout + " after the process has ended:\n" + tail());
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private String tail() {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
