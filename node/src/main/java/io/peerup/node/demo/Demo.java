package io.peerup.node.demo;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.file.PrivateDirectory;
import io.peerup.host.identity.IdentityFile;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.ConnectionStatus;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.RelayStatus;
import io.peerup.node.api.client.DaemonClient;
import io.peerup.relay.program.CommandFailed;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The story, told while it happens. Whatever it started ends with it. */
public final class Demo {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PINGS = 50;

    private final PrintStream out;
    private final Path directory;
    private final DemoPage page;
    private final List<DemoProcess> processes = new ArrayList<>();

    private Demo(PrintStream out, Path directory, DemoPage page) {
        this.out = out;
        this.directory = directory;
        this.page = page;
    }

    /** A stage with nothing on it but the web page. */
    public static Demo prepare(PrintStream out) throws IOException {
        return new Demo(out, Files.createTempDirectory("peerup-demo-"), DemoPage.serve());
    }

    /** Starts everything and returns where the page is to be seen. */
    public String begin() throws IOException, ApiProblem, CommandFailed, InterruptedException {
        out.println("A relay and two machines, each a process of its own; nothing leaves this machine.");
        out.println();
        DemoMachine relay = machine("relay");
        DemoMachine home = machine("home");
        DemoMachine laptop = machine("laptop");
        authorize(relay.directory().resolve("relay_authorized_keys"), home, laptop);
        authorize(home.directory().resolve("authorized_keys"), laptop);
        authorize(laptop.directory().resolve("authorized_keys"), home);

        String relayAddress = start(DemoProcess.relay(relay, DemoConfigs.relay(relay)))
                .awaitLine("/p2p/" + relay.peerId())
                .strip();
        tell(relay, "listens on " + relayAddress.replaceFirst("/p2p/.*", ""));
        String web = DemoConfigs.webOn(page.port());
        node(
                home,
                DemoConfigs.node(home, relayAddress, laptop, web),
                ", offers web, a page on 127.0.0.1:" + page.port());
        DaemonClient atLaptop = node(laptop, DemoConfigs.node(laptop, relayAddress, home, ""), "");

        OpenedProxy proxy = atLaptop.connect(new ConnectRequest(home.name(), "web", "127.0.0.1:0"));
        tellPath(atLaptop, home);
        return "http://" + proxy.listenAddress() + "/";
    }

    /** Fetches the page and some megabytes through the proxy, and fails unless they are what home serves. */
    public void check(String url) throws IOException, CommandFailed, InterruptedException {
        DemoPage.Fetched fetched = page.fetchAndCheck(url);
        out.printf(
                Locale.ROOT,
                "  laptop fetched home's page in %.0f ms and %d times %d MB, at best %.0f MB/s, every byte as it was sent%n",
                fetched.pageMillis(),
                fetched.rounds(),
                fetched.megabytes(),
                fetched.megabytesPerSecond());
        out.flush();
    }

    /** Stops the processes and deletes their directories. Waits. */
    public void close() throws IOException {
        processes.reversed().forEach(DemoProcess::stop);
        page.close();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private DemoMachine machine(String name) throws IOException {
        Path place = directory.resolve(name);
        PrivateDirectory.create(place);
        PeerId self =
                IdentityFile.at(place.resolve("identity.key")).loadOrCreate().peerId();
        return new DemoMachine(name, place, self);
    }

    private static void authorize(Path file, DemoMachine... machines) throws IOException {
        for (DemoMachine machine : machines) {
            AuthorizedKeysFile.at(file).add(machine.peerId(), machine.name());
        }
    }

    private DemoProcess start(DemoProcess process) {
        processes.add(process);
        return process;
    }

    /** Starts a daemon and waits until it can be reached through the relay. */
    private DaemonClient node(DemoMachine machine, Path config, String more)
            throws IOException, ApiProblem, CommandFailed, InterruptedException {
        long begun = System.nanoTime();
        start(DemoProcess.daemon(machine, config)).awaitLine("Daemon API:");
        DaemonClient daemon = DaemonClient.connect(machine.directory())
                .orElseThrow(() -> new CommandFailed("the daemon of " + machine.name() + " does not answer"));
        for (RelayStatus relay = relay(daemon); !relay.reserved(); relay = relay(daemon)) {
            if (System.nanoTime() - begun > DemoProcess.PATIENCE.toNanos()) {
                throw new CommandFailed(machine.name() + " got no place at the relay: " + relay.state());
            }
            Thread.sleep(Duration.ofMillis(20));
        }
        double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        tell(machine, String.format(Locale.ROOT, "has a place at the relay, %.1f s after its start%s", seconds, more));
        return daemon;
    }

    private static RelayStatus relay(DaemonClient daemon) throws ApiProblem {
        return daemon.status().relays().getFirst();
    }

    private void tellPath(DaemonClient atLaptop, DemoMachine home)
            throws ApiProblem, CommandFailed, InterruptedException {
        PingStats ping = atLaptop.ping(new PingRequest(home.name(), PINGS, 1), result -> {});
        ConnectionStatus connection = atLaptop.status().connections().stream()
                .filter(candidate -> candidate.peer().equals(home.peerId().toString()))
                .findFirst()
                .orElseThrow(() -> new CommandFailed("laptop is connected to home no more"));
        out.println();
        out.printf(
                Locale.ROOT,
                "  laptop reached home [%s], encrypted end to end, round trip %.1f ms%n",
                connection.path(),
                ping.minMs());
        out.flush();
    }

    private void tell(DemoMachine machine, String what) {
        out.printf("  %-6s %s  %s%n", machine.name(), machine.peerId().shortId(), what);
        out.flush();
    }
}
