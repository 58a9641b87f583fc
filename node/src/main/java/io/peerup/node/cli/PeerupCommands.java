package io.peerup.node.cli;

import io.peerup.relay.cli.RelayCommands;
import io.peerup.relay.program.Surroundings;
import io.peerup.relay.program.Version;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code peerup}. */
@Command(
        name = "peerup",
        mixinStandardHelpOptions = true,
        versionProvider = PeerupCommands.Versions.class,
        description = "Reach a service on a machine behind NAT from a machine behind another NAT.",
        footer = {
            "",
            "First time: 'peerup demo' shows it on this machine; 'peerup init' sets this machine up.",
            "Exit status: 0 done, 1 failed (one line says why), 2 wrong usage."
        })
public final class PeerupCommands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /** The whole command line. */
    public static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commands = new CommandLine(new PeerupCommands());
        commands.addSubcommand(new InitCommand(surroundings));
        commands.addSubcommand(new WhoamiCommand(surroundings));
        commands.addSubcommand(AuthCommands.commandLine(surroundings));
        commands.addSubcommand(ServiceCommands.commandLine(surroundings));
        commands.addSubcommand(DaemonCommand.commandLine(surroundings));
        commands.addSubcommand(new ProxyCommand(surroundings));
        commands.addSubcommand(new PingCommand(surroundings));
        commands.addSubcommand(new StatusCommand(surroundings));
        commands.addSubcommand(new DemoCommand(surroundings));
        commands.addSubcommand("relay", RelayCommands.commandLine("relay", surroundings));
        commands.addSubcommand(new VersionCommand(surroundings));
        commands.addSubcommand("completion", new AutoComplete.GenerateCompletion());
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
            return Version.lines("peerup").split(System.lineSeparator());
        }
    }

    @Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version.")
    private record VersionCommand(Surroundings surroundings) implements Runnable {
        @Override
        public void run() {
            surroundings.out().println(Version.lines("peerup"));
        }
    }
}
