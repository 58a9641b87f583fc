package io.peerup.node.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.authorization.AuthorizedKeysReport;
import io.peerup.host.authorization.AuthorizedPeer;
import io.peerup.host.config.InvalidValue;
import io.peerup.host.config.NodeConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.host.file.PrintableText;
import io.peerup.node.api.Json;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.PeerIdParameter;
import io.peerup.relay.program.Surroundings;
import io.peerup.wire.PeerId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auth}: who may connect. A daemon follows the file, so every change counts within a second. */
@Command(name = "auth", mixinStandardHelpOptions = true, description = "Decides which peers may connect.")
final class AuthCommands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commands = new CommandLine(new AuthCommands());
        commands.addSubcommand(new Add(surroundings));
        commands.addSubcommand(new ListPeers(surroundings));
        commands.addSubcommand(new Remove(surroundings));
        commands.addSubcommand(new Validate(surroundings));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing command");
    }

    /** Which file. */
    private static final class KeysOption {
        @Option(names = "--file", paramLabel = "FILE", description = "The list; default: what the configuration says.")
        private @Nullable String file;

        @Mixin
        private final ConfigOption config = new ConfigOption();

        AuthorizedKeysFile in(Surroundings surroundings) throws InvalidValue, FileProblem, CommandFailed {
            if (file != null) {
                return AuthorizedKeysFile.at(surroundings.directories().resolve(file));
            }
            NodeConfig loaded = config.load(surroundings);
            Path path = loaded.security()
                    .authorizedKeysFile()
                    .orElseThrow(() -> new CommandFailed(loaded.file()
                            + ": no security.authorized_keys_file; add one, or name the list with --file"));
            return AuthorizedKeysFile.at(path);
        }
    }

    private static PeerId peer(String text) throws CommandFailed {
        return PeerIdParameter.parse(text, "the other machine prints its own with: peerup whoami");
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Lets a peer connect.")
    private static final class Add implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final KeysOption keys = new KeysOption();

        @Parameters(paramLabel = "PEER-ID", description = "The peer, as 'peerup whoami' prints it there.")
        private String peerId = "";

        @Option(names = "--comment", paramLabel = "TEXT", description = "What to remember it by.")
        private String comment = "";

        Add(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            PeerId peer = peer(peerId);
            AuthorizedKeysFile file = keys.in(surroundings);
            if (!file.add(peer, comment)) {
                throw new CommandFailed("failed to add peer: peer already authorized: " + peer.shortId());
            }
            surroundings.out().println("Authorized peer: " + peer);
            if (!comment.isEmpty()) {
                surroundings.out().println("  Comment: " + comment);
            }
            surroundings.out().println("  File: " + file.path());
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the peers that may connect.")
    private static final class ListPeers implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final KeysOption keys = new KeysOption();

        @Option(names = "--json", description = "For programs.")
        private boolean json;

        ListPeers(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        private record Entry(String peerId, @Nullable String comment) {}

        @Override
        public Integer call() throws Exception {
            AuthorizedKeysFile file = keys.in(surroundings);
            AuthorizedKeysReport report = file.report();
            if (json) {
                surroundings
                        .out()
                        .print(Json.line(
                                report.peers().stream().map(ListPeers::entry).toList()));
            } else {
                print(file, report);
            }
            return 0;
        }

        private void print(AuthorizedKeysFile file, AuthorizedKeysReport report) {
            PrintStream out = surroundings.out();
            out.println(
                    report.peers().isEmpty()
                            ? "No authorized peers."
                            : "Authorized peers (" + report.peers().size() + "):");
            out.println();
            for (AuthorizedPeer peer : report.peers()) {
                out.println("  " + peer.id() + (peer.comment().isEmpty() ? "" : "  # " + peer.comment()));
            }
            report.badLines()
                    .forEach(bad -> out.println("  line " + bad.number() + " is not a peer ID: " + bad.reason()));
            out.println("File: " + file.path());
        }

        private static Entry entry(AuthorizedPeer peer) {
            return new Entry(peer.id().toString(), peer.comment().isEmpty() ? null : peer.comment());
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Lets a peer connect no more; a daemon closes its connections within a second.")
    private static final class Remove implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final KeysOption keys = new KeysOption();

        @Parameters(paramLabel = "PEER-ID", description = "The peer.")
        private String peerId = "";

        Remove(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            PeerId peer = peer(peerId);
            AuthorizedKeysFile file = keys.in(surroundings);
            if (!file.remove(peer)) {
                throw new CommandFailed(
                        "failed to remove peer: peer not found: " + peer.shortId() + " is not in " + file.path());
            }
            surroundings.out().println("Revoked peer: " + peer);
            surroundings.out().println("  File: " + file.path());
            return 0;
        }
    }

    @Command(name = "validate", mixinStandardHelpOptions = true, description = "Checks the list.")
    private static final class Validate implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final KeysOption keys = new KeysOption();

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "The list; default: as --file.")
        private List<String> files = List.of();

        Validate(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            AuthorizedKeysFile file = files.isEmpty()
                    ? keys.in(surroundings)
                    : AuthorizedKeysFile.at(surroundings.directories().resolve(files.getFirst()));
            AuthorizedKeysReport report = file.report();
            if (!report.isValid()) {
                surroundings
                        .err()
                        .println("Validation failed with " + report.badLines().size() + " error(s):");
                report.badLines()
                        .forEach(bad -> surroundings
                                .err()
                                .println("  Line " + bad.number() + ": invalid peer ID format - " + bad.reason() + ": "
                                        + PrintableText.quoted(bad.text())));
                return 1;
            }
            file.load();
            surroundings.out().println("Validation passed");
            surroundings.out().println("  Valid peer IDs: " + report.peers().size());
            surroundings.out().println("  File: " + file.path());
            return 0;
        }
    }
}
