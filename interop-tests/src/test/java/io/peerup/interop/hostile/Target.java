package io.peerup.interop.hostile;

import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawSocket;
import io.peerup.testkit.process.PeerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program of ours on loopback, with the class path and the options of its launcher, to be attacked. */
final class Target implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What is shipped. */
    static final Path LIBRARIES =
            Path.of("..", "node", "target", "lib").toAbsolutePath().normalize();

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    /** As the launcher has them, and an account of what is outside the heap. */
    static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx256m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "-XX:NativeMemoryTracking=summary",
            "--enable-native-access=ALL-UNNAMED");

    private final ProcessHandle process;
    private final Path directory;
    private final InetSocketAddress address;

    private Target(ProcessHandle process, Path directory, InetSocketAddress address) {
        this.process = process;
        this.directory = directory;
        this.address = address;
    }

    /** A peer that is told what to do, and to tell what it knows; it prints nothing and lets everybody in. */
    static Target of(PeerProcess peer) throws Exception {
        Matcher port = Pattern.compile("/tcp/(\\d+)").matcher(peer.address().toString());
        if (!port.find()) {
            throw new IOException("not on TCP: " + peer.address());
        }
        return new Target(
                ProcessHandle.of(peer.pid()).orElseThrow(),
                Path.of("target"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
    }

    /** A relay for these peers; {@code more} ends its configuration. */
    static Target relay(Path directory, List<String> authorized, String more) throws Exception {
        int port = freePort();
        authorize(directory, authorized);
        Path config = write(directory, port, more);
        return start(directory, port, "Private relay running", relayCommand(config));
    }

    /** A relay without its gate. */
    static Target openRelay(Path directory) throws Exception {
        int port = freePort();
        authorize(directory, List.of());
        Path config = write(directory, port, "");
        Files.writeString(config, Files.readString(config).replace("gating: true", "gating: false"));
        return start(directory, port, "Private relay running", relayCommand(config));
    }

    /** Something in this very process. */
    static Target here(InetSocketAddress address) {
        return new Target(ProcessHandle.current(), Path.of("target"), address);
    }

    /** A daemon with relays at these addresses, for these peers; {@code more} ends its configuration. */
    static Target daemon(Path directory, List<String> authorized, List<String> relays, String more) throws Exception {
        int port = freePort();
        authorize(directory, authorized);
        String addresses = relays.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
        write(directory, port, "relay:\n  addresses: [%s]\n%s".formatted(addresses, more));
        return start(directory, port, "Daemon API: ", peerupCommand(directory, "daemon"));
    }

    /** The command that runs {@code peerup} with the configuration of this directory. */
    static List<String> peerupCommand(Path directory, String command, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(command, "--config", config(directory).toString()));
        words.addAll(List.of(arguments));
        return command("io.peerup.node.Peerup", words.toArray(String[]::new));
    }

    /** The command that runs a relay with this configuration. */
    static List<String> relayCommand(Path config) {
        return command("io.peerup.relay.RelayServer", "serve", "--config", config.toString());
    }

    /** Replaces who may connect. */
    static void authorize(Path directory, List<String> authorized) throws IOException {
        Path fresh = directory.resolve("authorized_keys.new");
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(fresh, authorized);
        Files.move(
                fresh,
                directory.resolve("authorized_keys"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Dials it and goes all the way. */
    RawPeer dial(RawIdentity me) throws IOException {
        return RawPeer.dial(address, me);
    }

    /** Connects, and says nothing. */
    RawSocket connect() throws IOException {
        return RawSocket.to(address);
    }

    /** What it prints as its own. */
    String peerId() throws IOException {
        Matcher told = Pattern.compile("Peer ID: (\\S+)").matcher(printed());
        if (!told.find()) {
            throw new IOException("no peer id in: " + printed());
        }
        return told.group(1);
    }

    /** Where to dial it. */
    String multiaddr() throws IOException {
        return "/ip4/127.0.0.1/tcp/%d/p2p/%s".formatted(address.getPort(), peerId());
    }

    /** All it has printed. */
    String printed() throws IOException {
        return Files.readString(log(directory));
    }

    Path directory() {
        return directory;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Vitals vitals() throws IOException, InterruptedException {
        return Vitals.of(pid());
    }

    /** Fails unless it lives and soon holds no more than it did, but for a tolerance. */
    void requireBackAt(Vitals before, Duration within) throws IOException, InterruptedException {
        long until = System.nanoTime() + within.toNanos();
        Vitals now = vitals();
        while (!now.isBackAt(before) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(250);
            now = vitals();
        }
        if (!now.isBackAt(before)) {
            throw new AssertionError("holds " + now + " after " + before);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException stays) {
            process.destroyForcibly();
        }
    }

    /** A port that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Target start(Path directory, int port, String readyLine, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        Target target = new Target(
                process.toHandle(), directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!target.printed().contains(readyLine)) {
            if (!process.isAlive() || System.nanoTime() > until) {
                target.close();
                throw new IOException("not ready: " + target.printed());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return target;
    }

    private static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", LIBRARIES + "/*", program));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path write(Path directory, int port, String more) throws IOException {
        Path config = config(directory);
        Files.createFile(config, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return Files.writeString(config, """
                version: 1
                identity:
                  key_file: "identity.key"
                network:
                  listen_addresses: ["/ip4/127.0.0.1/tcp/%d"]
                security:
                  authorized_keys_file: "authorized_keys"
                  enable_connection_gating: true
                %s""".formatted(port, more));
    }

    private static Path config(Path directory) {
        return directory.resolve("config.yaml");
    }

    private static Path log(Path directory) {
        return directory.resolve("log");
    }
}
