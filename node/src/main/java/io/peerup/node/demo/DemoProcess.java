package io.peerup.node.demo;

import io.peerup.node.Peerup;
import io.peerup.relay.RelayServer;
import io.peerup.relay.program.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of ours as a process, on the same Java and with the same options as this one. */
final class DemoProcess {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_UNREAD_LINES = 1000;
    private static final int LINES_TO_TELL = 5;

    private final String name;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_UNREAD_LINES);
    private final Deque<String> last = new ArrayDeque<>();

    private DemoProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
    }

    static DemoProcess relay(DemoMachine machine, Path config) throws IOException {
        return start(machine, RelayServer.class, "serve", "--config", config.toString());
    }

    static DemoProcess daemon(DemoMachine machine, Path config) throws IOException {
        return start(machine, Peerup.class, "daemon", "--config", config.toString());
    }

    /** Waits for a line with this in it. */
    String awaitLine(String part) throws CommandFailed, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line == null && !process.isAlive()) {
                throw new CommandFailed(
                        name + " ended with status " + process.exitValue() + ": " + String.join(" / ", last));
            }
            if (line != null && isIt(line, part)) {
                return line;
            }
        }
        throw new CommandFailed(
                name + " did not get ready within " + PATIENCE.toSeconds() + " s: " + String.join(" / ", last));
    }

    /** Asks it to stop, and does not ask again after some seconds: it is gone when this returns, unless interrupted. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isIt(String line, String part) {
        last.addLast(line);
        if (last.size() > LINES_TO_TELL) {
            last.removeFirst();
        }
        return line.contains(part);
    }

    private static DemoProcess start(DemoMachine machine, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new DemoProcess(
                machine.name(),
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Keeps reading, so that the process never waits for its reader; what nobody asked for in time is dropped. */
    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!lines.offer(line)) {
                    lines.clear();
                }
            }
        } catch (IOException ended) {
            // so it has stopped
        }
    }
}
