package io.peerup.interop.lab;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The namespaces around a laboratory: mounts, processes, and for those who are not root a user. Network namespaces and
 * their names are private to it, so two laboratories never meet.
 *
 * <p>Its first process reads a pipe that this JVM holds. When the pipe closes, by {@link #close} or because the JVM has
 * died, that process ends and the kernel ends all others with it.
 */
final class Enclosure implements AutoCloseable {
    /** The user who may log in; no entry in the machine's shadow file can lock this account. */
    static final String LOGIN = "labuser";

    private static final Duration PATIENCE = Patience.LONG;
    // Where a container hides parts of /proc, the kernel refuses a new one; the processes then see the outer one.
    private static final String SETUP = """
            mount -t tmpfs tmpfs /run
            mkdir /run/sshd
            mount --bind "$1" /etc/passwd
            mount -t proc proc /proc || echo 'keeping the outer /proc'
            echo enclosed
            exec cat
            """;

    private final Privilege privilege;
    private final Network network;
    private final Path directory;
    private final LabProcess first;
    private final List<LabProcess> started = new ArrayList<>();

    private Enclosure(Privilege privilege, Network network, Path directory, LabProcess first) {
        this.privilege = privilege;
        this.network = network;
        this.directory = directory;
        this.first = first;
    }

    /** What its processes have for a network. */
    enum Network {
        /** Whatever is built inside. */
        ITS_OWN,
        /** The one that everybody else on the machine has. */
        THE_MACHINES
    }

    static Enclosure open(Privilege privilege, Path directory) throws IOException, InterruptedException {
        return open(privilege, Network.ITS_OWN, directory);
    }

    static Enclosure open(Privilege privilege, Network network, Path directory)
            throws IOException, InterruptedException {
        Path users = directory.resolve("passwd");
        Files.writeString(
                users,
                Files.readString(Path.of("/etc/passwd"))
                        + "%s:*:%d:%2$d::%s:/bin/sh\n".formatted(LOGIN, privilege.serverUid(), directory));
        List<String> command = new ArrayList<>(List.of("unshare"));
        command.addAll(privilege.unshareFlags());
        if (network == Network.ITS_OWN) {
            command.add("--net");
        }
        command.addAll(List.of("--mount", "--pid", "--fork", "--kill-child"));
        command.addAll(List.of("sh", "-euc", SETUP, "sh", users.toString()));
        LabProcess first = LabProcess.start(Tools.builder(command, directory), directory.resolve("enclosure.log"));
        Enclosure enclosure = new Enclosure(privilege, network, directory, first);
        try {
            first.waitForLine("enclosed", PATIENCE);
        } catch (InterruptedException | AssertionError failed) {
            enclosure.close();
            throw failed;
        }
        return enclosure;
    }

    Privilege privilege() {
        return privilege;
    }

    Path directory() {
        return directory;
    }

    /** The first process, as the machine numbers it. */
    long pid() {
        return first.pid();
    }

    Namespace namespace(String name) throws IOException, InterruptedException {
        ip(List.of("netns add " + name));
        Namespace namespace = new Namespace(this, name);
        namespace.ip(List.of("link set lo up"));
        return namespace;
    }

    /** Runs statements of {@code ip} in no particular network namespace. */
    void ip(List<String> statements) throws IOException, InterruptedException {
        new Namespace(this, "").ip(statements);
    }

    /** A command that runs in a network namespace; with no name in the enclosure's own, which has no interfaces. */
    List<String> inside(String namespace, List<String> command) {
        String net = namespace.isEmpty() ? "/ns/net" : "/root/run/netns/" + namespace;
        List<String> entering = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid())));
        entering.addAll(privilege.nsenterFlags());
        if (network == Network.ITS_OWN) {
            entering.add("--net=/proc/" + pid() + net);
        }
        entering.addAll(List.of("--mount", "--pid"));
        entering.addAll(List.of("env", "--chdir=" + directory));
        entering.addAll(command);
        return entering;
    }

    LabProcess start(ProcessBuilder builder, Path log) throws IOException {
        LabProcess process = LabProcess.start(builder, log);
        started.add(process);
        return process;
    }

    /** Returns when no process is left. */
    @Override
    public void close() throws IOException, InterruptedException {
        first.closeInput();
        first.waitFor(PATIENCE);
        for (LabProcess process : started) {
            process.kill();
        }
    }
}
