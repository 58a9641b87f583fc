package io.peerup.node.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.authorization.AuthorizedPeer;
import io.peerup.host.config.NodeConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.host.identity.IdentityFile;
import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.Json;
import io.peerup.node.api.client.DaemonClient;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import io.peerup.relay.program.Version;
import io.peerup.wire.Identity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: what is configured here, and how the daemon is connected, if it runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what is configured, and how the daemon is connected.")
final class StatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "What the daemon knows, for programs.")
    private boolean json;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        NodeConfig loaded = config.load(surroundings);
        Optional<DaemonClient> daemon = DaemonOrNode.daemon(loaded);
        if (json) {
            DaemonStatus status = daemon.orElseThrow(
                            () -> new CommandFailed("daemon not running in " + DaemonOrNode.directory(loaded)))
                    .status();
            surroundings.out().print(Json.line(status));
            return 0;
        }
        printConfigured(loaded);
        if (daemon.isPresent()) {
            StatusLines.of(daemon.get().status()).forEach(surroundings.out()::println);
        } else {
            surroundings.out().println("Daemon:   not running; start it with: peerup daemon");
        }
        return 0;
    }

    private void printConfigured(NodeConfig config) throws FileProblem {
        PrintStream out = surroundings.out();
        Optional<Identity> identity = IdentityFile.at(config.identityKeyFile()).loadIfPresent();
        out.println(Version.lines("peerup").lines().findFirst().orElseThrow());
        out.println();
        out.println("Peer ID:  "
                + identity.map(present -> present.peerId().toString()).orElse("none yet; whoami makes one"));
        out.println("Config:   " + config.file());
        out.println("Key file: " + config.identityKeyFile());
        out.println();
        section(
                "Relay addresses",
                config.relayAddresses().stream().map(Object::toString).toList());
        printAuthorized(config, out);
        section(
                "Services",
                config.services().entrySet().stream()
                        .map(entry -> ServiceLines.line(entry.getKey(), entry.getValue())
                                .strip())
                        .toList());
        section(
                "Names",
                config.names().entrySet().stream()
                        .map(entry -> "%-12s -> %s".formatted(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private void printAuthorized(NodeConfig config, PrintStream out) throws FileProblem {
        Optional<Path> gate = config.security().gate();
        if (gate.isEmpty()) {
            out.println("Authorized peers: connection gating disabled, any peer can connect");
            out.println();
            return;
        }
        section(
                "Authorized peers",
                AuthorizedKeysFile.at(gate.get()).report().peers().stream()
                        .map(StatusCommand::line)
                        .toList());
    }

    private void section(String title, List<String> lines) {
        PrintStream out = surroundings.out();
        out.println(lines.isEmpty() ? title + ": (none)" : title + " (" + lines.size() + "):");
        lines.forEach(line -> out.println("  " + line));
        out.println();
    }

    private static String line(AuthorizedPeer peer) {
        return peer.id() + (peer.comment().isEmpty() ? "" : "  # " + peer.comment());
    }
}
