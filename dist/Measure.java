import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the programs cost, measured from outside: they are started by their launchers as a person starts them, and looked at
 * through /proc. A relay, two daemons with a place at it, and a proxy from one to the other, all on loopback. Linux only.
 */
final class Measure {
    private static final int RUNS = 15;
    private static final int STARTS = 7;
    private static final int SETTLE_SECONDS = 30;
    private static final int IDLE_SECONDS = 60;
    private static final int TRAFFIC_BYTES = 200_000_000;

    private final Path root;
    private final Path place;
    private final List<Program> running = new ArrayList<>();

    private Measure(Path root, Path place) {
        this.root = root;
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)[0]).toAbsolutePath();
        while (!Files.isExecutable(root.resolve("peerup"))) {
            root = root.getParent();
        }
        Measure measure = new Measure(
                root,
                Files.createTempDirectory(
                        "peerup-measure-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        try {
            measure.run();
        } finally {
            measure.close();
        }
    }

    private void run() throws IOException, InterruptedException {
        String home = peer("home");
        String laptop = peer("laptop");
        write("relay/relay_authorized_keys", home + "\n" + laptop + "\n");
        write("home/authorized_keys", laptop + "\n");
        write("laptop/authorized_keys", home + "\n");
        ServerSocket source = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> serve(source));
        writeRelay("0");
        String relay = firstRelayAddress();
        writeRelay(relay.replaceFirst(".*/tcp/", "").replaceFirst("/.*", ""));
        writeNode("home", relay, "services: {bulk: {enabled: true, local_address: \"127.0.0.1:" + source.getLocalPort() + "\"}}");
        writeNode("laptop", relay, "names: {home: \"" + home + "\"}");

        row("| What | Least | Median | Processor time |");
        row("|---|---|---|---|");
        command("`peerup version`", "version");
        command("`peerup whoami`", "whoami", "--config", config("home"));
        command("`peerup status`, no daemon", "status", "--config", config("home"));
        starts();
        Program server = start("relay-server", "serve", "--config", place.resolve("relay/relay-server.yaml").toString());
        server.await("Private relay running.");
        Program atHome = start("peerup", "daemon", "--config", config("home"));
        atHome.await(": reserved");
        command("`peerup status`, with a daemon", "status", "--config", config("home"));
        Program atLaptop = start("peerup", "daemon", "--config", config("laptop"));
        atLaptop.await(": reserved");

        row("");
        row("| What | Relay | Daemon |");
        row("|---|---|---|");
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        pair("resident (anonymous) " + SETTLE_SECONDS + " s after start, one reservation each", server.memory(), atHome.memory());
        pair("threads, open files", server.counts(), atHome.counts());
        double[] relayBefore = {server.processorSeconds(), server.switches()};
        double[] daemonBefore = {atHome.processorSeconds(), atHome.switches()};
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        pair(
                "processor time over " + IDLE_SECONDS + " s idle",
                format("%.2f s", server.processorSeconds() - relayBefore[0]),
                format("%.2f s", atHome.processorSeconds() - daemonBefore[0]));
        pair(
                "wake-ups while idle",
                format("%.1f/s", (server.switches() - relayBefore[1]) / IDLE_SECONDS),
                format("%.1f/s", (atHome.switches() - daemonBefore[1]) / IDLE_SECONDS));
        double rate = traffic();
        pair("resident (anonymous) just after " + TRAFFIC_BYTES / 1_000_000 + " MB relayed", server.memory(), atHome.memory());
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        pair("the same, " + SETTLE_SECONDS + " s later", server.memory(), atHome.memory());
        row("");
        row(format("Relayed through a fresh relay and two fresh daemons at %.0f MB/s.", rate));
    }

    private void close() throws IOException, InterruptedException {
        for (Program program : running.reversed()) {
            program.stop();
        }
        try (Stream<Path> tree = Files.walk(place)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void command(String name, String... arguments) throws IOException, InterruptedException {
        double[] millis = new double[RUNS];
        once(arguments);
        double processorBefore = ofChildren();
        for (int run = 0; run < RUNS; run++) {
            long begun = System.nanoTime();
            once(arguments);
            millis[run] = (System.nanoTime() - begun) / 1e6;
        }
        row(name, millis, (ofChildren() - processorBefore) * 1000 / RUNS);
    }

    private void starts() throws IOException, InterruptedException {
        double[] relayReady = new double[STARTS];
        double[] daemonReady = new double[STARTS];
        double[] daemonReserved = new double[STARTS];
        double relayProcessor = 0;
        double daemonProcessor = 0;
        double reservedProcessor = 0;
        for (int run = 0; run < STARTS; run++) {
            Program relay = start("relay-server", "serve", "--config", place.resolve("relay/relay-server.yaml").toString());
            relayReady[run] = relay.await("Private relay running.");
            relayProcessor += relay.processorSeconds();
            Program daemon = start("peerup", "daemon", "--config", config("home"));
            daemonReady[run] = daemon.await("Daemon API:");
            daemonProcessor += daemon.processorSeconds();
            daemonReserved[run] = daemon.await(": reserved");
            reservedProcessor += daemon.processorSeconds();
            daemon.stop();
            relay.stop();
        }
        row("`relay-server serve` until it accepts", relayReady, relayProcessor * 1000 / STARTS);
        row("`peerup daemon` until its API answers", daemonReady, daemonProcessor * 1000 / STARTS);
        row("`peerup daemon` until it can be reached through the relay", daemonReserved, reservedProcessor * 1000 / STARTS);
    }

    /** Fetches the bytes through a proxy, relay and both daemons; returns MB/s. */
    private double traffic() throws IOException, InterruptedException {
        Program proxy = start("peerup", "proxy", "--config", config("laptop"), "home", "bulk", "0");
        proxy.await("TCP proxy listening on ");
        String listening = proxy.last().replaceFirst(".*:", "");
        long begun = System.nanoTime();
        long count = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening));
                InputStream bytes = socket.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                count += read;
            }
        }
        if (count != TRAFFIC_BYTES) {
            throw new IOException("only " + count + " bytes came through");
        }
        double rate = count / 1e6 / ((System.nanoTime() - begun) / 1e9);
        proxy.stop();
        return rate;
    }

    private static void serve(ServerSocket source) {
        try {
            while (true) {
                try (Socket socket = source.accept();
                        OutputStream out = socket.getOutputStream()) {
                    byte[] buffer = new byte[50_000];
                    for (int sent = 0; sent < TRAFFIC_BYTES; sent += buffer.length) {
                        out.write(buffer);
                    }
                }
            }
        } catch (IOException ended) {
            // with the measurement
        }
    }

    private String peer(String name) throws IOException, InterruptedException {
        writeNode(name, "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWGTbdzSBygXAKLkDWYSMGPmHbYXcGPAFD7WbCpDNxHFHp", "");
        return once("whoami", "--config", config(name)).strip();
    }

    private String firstRelayAddress() throws IOException, InterruptedException {
        Program relay = start("relay-server", "serve", "--config", place.resolve("relay/relay-server.yaml").toString());
        relay.await("/p2p/");
        relay.stop();
        return relay.last().strip();
    }

    private void writeRelay(String port) throws IOException {
        write("relay/relay-server.yaml", """
                version: 1
                identity: {key_file: identity.key}
                network: {listen_addresses: ["/ip4/127.0.0.1/tcp/%s"]}
                security: {authorized_keys_file: relay_authorized_keys, enable_connection_gating: true}
                resources: {session_data_limit: 1GB}
                """.formatted(port));
    }

    private void writeNode(String name, String relay, String more) throws IOException {
        write(name + "/config.yaml", """
                version: 1
                identity: {key_file: identity.key}
                network: {listen_addresses: ["/ip4/127.0.0.1/tcp/0"]}
                relay: {addresses: ["%s"]}
                security: {authorized_keys_file: authorized_keys, enable_connection_gating: true}
                %s
                """.formatted(relay, more));
    }

    private void write(String file, String text) throws IOException {
        Path path = place.resolve(file);
        if (!Files.exists(path)) {
            Files.createDirectories(path.getParent());
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(path, text);
    }

    private String config(String name) {
        return place.resolve(name).resolve("config.yaml").toString();
    }

    private String once(String... arguments) throws IOException, InterruptedException {
        Process process = process("peerup", arguments);
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("peerup " + String.join(" ", arguments) + ": " + answer);
        }
        return answer;
    }

    private Program start(String program, String... arguments) throws IOException {
        Program started = new Program(System.nanoTime(), process(program, arguments));
        running.add(started);
        return started;
    }

    private Process process(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true).start();
    }

    /** User and system time of all children that have ended. */
    private static double ofChildren() throws IOException {
        return ticks(ProcessHandle.current().pid(), 13, 14);
    }

    private static double ticks(long pid, int... fields) throws IOException {
        String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceFirst("^.*\\) ", "").split(" ");
        return Arrays.stream(fields).mapToLong(field -> Long.parseLong(stat[field])).sum() / 100.0;
    }

    private static void row(String line) {
        System.out.println(line);
    }

    private static void row(String name, double[] millis, double processorMillis) {
        Arrays.sort(millis);
        row(format("| %s | %.0f ms | %.0f ms | %.0f ms |", name, millis[0], millis[millis.length / 2], processorMillis));
    }

    private static void pair(String name, String relay, String daemon) {
        row("| " + name + " | " + relay + " | " + daemon + " |");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** A program that stays. */
    private static final class Program {
        private final long begun;
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private String last = "";

        Program(long begun, Process process) {
            this.begun = begun;
            this.process = process;
            Thread.ofPlatform().daemon().start(this::read);
        }

        /** Waits for a line with this in it; returns the milliseconds since the start. */
        double await(String part) throws IOException, InterruptedException {
            do {
                String line = lines.poll(30, TimeUnit.SECONDS);
                if (line == null) {
                    throw new IOException("waited in vain for: " + part + "; last line: " + last);
                }
                last = line;
            } while (!last.contains(part));
            return (System.nanoTime() - begun) / 1e6;
        }

        String last() {
            return last;
        }

        void stop() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }

        String memory() throws IOException {
            return format("%d (%d) MB", status("VmRSS") / 1024, status("RssAnon") / 1024);
        }

        String counts() throws IOException {
            try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
                return status("Threads") + ", " + files.count();
            }
        }

        double processorSeconds() throws IOException {
            return ticks(process.pid(), 11, 12);
        }

        /** How often its threads went to sleep and were woken again. */
        double switches() throws IOException {
            double sum = 0;
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                for (Path thread : threads.toList()) {
                    sum += field(thread.resolve("status"), "voluntary_ctxt_switches");
                }
            }
            return sum;
        }

        private long status(String name) throws IOException {
            return field(Path.of("/proc/" + process.pid() + "/status"), name);
        }

        private static long field(Path status, String name) throws IOException {
            try (Stream<String> lines = Files.lines(status)) {
                return lines.filter(line -> line.startsWith(name + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow();
            }
        }

        private void read() {
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                output.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException ended) {
                lines.add("ended");
            }
        }
    }
}
