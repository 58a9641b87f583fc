package io.peerup.interop.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host of the laboratory: a network namespace with its own loopback, addresses, routes and packet filter. */
public final class Namespace {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Enclosure enclosure;
    private final String name;

    Namespace(Enclosure enclosure, String name) {
        this.enclosure = enclosure;
        this.name = name;
    }

    /**
     * Starts a process here, in the directory of the laboratory's logs.
     *
     * @param log names its log: what it prints is in {@code <namespace>-<log>.log}
     * @param environment added to this JVM's
     */
    public LabProcess start(String log, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = Tools.builder(inside(command), enclosure.directory());
        builder.environment().putAll(environment);
        return enclosure.start(builder, enclosure.directory().resolve(name + "-" + log + ".log"));
    }

    /** Runs a command that must succeed within a minute, and returns what it printed. */
    public String run(String... command) throws IOException, InterruptedException {
        return feed(List.of(command), "");
    }

    /** A command line that does here what the given one says, for those who start processes themselves. */
    public List<String> inside(List<String> command) {
        return enclosure.inside(name, command);
    }

    /** Where logs and temporary files of the laboratory are. */
    public Path directory() {
        return enclosure.directory();
    }

    @Override
    public String toString() {
        return name;
    }

    Privilege privilege() {
        return enclosure.privilege();
    }

    /** Runs a command with the given input. */
    String feed(List<String> command, String input) throws IOException, InterruptedException {
        LabProcess process = start("commands", command, Map.of());
        process.input().write(input.getBytes(StandardCharsets.UTF_8));
        process.closeInput();
        int status = process.waitFor(PATIENCE);
        String printed = String.join("\n", process.lines());
        if (status != 0) {
            throw new IOException(
                    "%s in %s ended with %d:%n%s".formatted(String.join(" ", command), name, status, printed));
        }
        return printed;
    }

    void ip(List<String> statements) throws IOException, InterruptedException {
        feed(List.of("ip", "-batch", "-"), String.join("\n", statements) + "\n");
    }

    /** Packets pass earlier, but a program that asks for running interfaces would not see these. */
    void awaitLinks() throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!run("ip", "-brief", "link", "show", "type", "veth").lines().allMatch(line -> line.contains(" UP "))) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IOException("links stay down in " + name);
            }
        }
    }

    void forwardPackets() throws IOException, InterruptedException {
        run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
    }
}
