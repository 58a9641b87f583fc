package io.peerup.node.cli;

import io.peerup.host.config.NodeConfig;
import io.peerup.node.api.server.ApiServer;
import io.peerup.node.api.server.ApiSocket;
import io.peerup.node.daemon.Node;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Foreground;
import io.peerup.relay.program.Logs;
import io.peerup.relay.program.Surroundings;
import io.peerup.relay.program.Version;
import io.peerup.swarm.strands.VirtualStrands;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code daemon}: the node, in the foreground. */
@Command(
        name = "daemon",
        mixinStandardHelpOptions = true,
        description = "Runs the node in the foreground: offers its services and stays reachable through its relays.")
final class DaemonCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    private DaemonCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine daemon = new CommandLine(new DaemonCommand(surroundings));
        daemon.addSubcommand(new CommandLine(new DaemonCommand(surroundings)).setCommandName("start"));
        daemon.addSubcommand(new Stop(surroundings));
        return daemon;
    }

    @Override
    public Integer call() throws Exception {
        Logs.ofAServer();
        NodeConfig loaded = config.load(surroundings);
        try (ApiSocket socket = ApiSocket.claim(DaemonOrNode.directory(loaded))) {
            run(loaded, socket);
        }
        return 0;
    }

    private void run(NodeConfig loaded, ApiSocket socket) throws IOException, InterruptedException {
        PrintStream out = surroundings.out();
        out.println("peerup daemon " + Version.number());
        out.println("Loaded configuration from " + loaded.file());
        CompletableFuture<Foreground> foreground = new CompletableFuture<>();
        Node node = Node.daemon(loaded, () -> foreground.thenAccept(Foreground::stop));
        ApiServer server = ApiServer.serve(socket, node, new VirtualStrands());
        foreground.complete(new Foreground(
                () -> {
                    server.close();
                    node.close();
                },
                out,
                "Daemon stopped."));
        foreground.join().closeOnSignal();
        tell(loaded, node, socket, out);
        foreground.join().stay();
    }

    private static void tell(NodeConfig config, Node node, ApiSocket socket, PrintStream out) {
        node.authorizedPeers()
                .ifPresentOrElse(
                        peers -> out.println("Authorized peers: " + peers),
                        () -> out.println("WARNING: Connection gating is DISABLED - any peer can connect!"));
        if (config.telemetry().metrics().enabled()) {
            out.println("WARNING: telemetry.metrics is configured, but not served by this version");
        }
        node.leftOut().forEach(address -> out.println("Not listening on " + address + ": not supported here"));
        out.println("Peer ID: " + node.peerId());
        config.services().forEach((name, service) -> {
            if (service.enabled()) {
                out.println("Exposing service: " + name + " -> " + service.localAddress());
            }
        });
        out.println("Daemon API: " + socket.path());
        out.flush();
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops the daemon of this configuration.")
    private static final class Stop implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final ConfigOption config = new ConfigOption();

        Stop(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            NodeConfig loaded = config.load(surroundings);
            DaemonOrNode.daemon(loaded)
                    .orElseThrow(() -> new CommandFailed("daemon not running in " + DaemonOrNode.directory(loaded)))
                    .shutdown();
            surroundings.out().println("Shutdown requested.");
            return 0;
        }
    }
}
