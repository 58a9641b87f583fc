package io.peerup.relay.cli;

import io.peerup.relay.program.Surroundings;
import io.peerup.relay.program.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code relay-server}, or {@code peerup relay}. */
@Command(
        name = "relay-server",
        mixinStandardHelpOptions = true,
        versionProvider = RelayCommands.Versions.class,
        description = "Introduces peers behind NAT to each other and carries their traffic, end-to-end encrypted.",
        footer = {"", "Begin with 'relay-server serve' in a directory of its own: it writes what it needs there."})
public final class RelayCommands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /** The whole command line; {@code name} is what a person types to get here. */
    public static CommandLine commandLine(String name, Surroundings surroundings) {
        CommandLine commands = new CommandLine(new RelayCommands()).setCommandName(name);
        commands.addSubcommand(new ServeCommand(surroundings));
        commands.addSubcommand(new AuthorizeCommand(surroundings));
        commands.addSubcommand(new DeauthorizeCommand(surroundings));
        commands.addSubcommand(new ListPeersCommand(surroundings));
        commands.addSubcommand(new InfoCommand(surroundings));
        commands.addSubcommand(new VersionCommand(surroundings));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing command");
    }

    /** For {@code --version}. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return Version.lines("relay-server").split(System.lineSeparator());
        }
    }

    @Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version.")
    private record VersionCommand(Surroundings surroundings) implements Runnable {
        @Override
        public void run() {
            surroundings.out().println(Version.lines("relay-server"));
        }
    }
}
