package io.peerup.node.cli;

import io.peerup.relay.cli.RelayCommands;
import io.peerup.relay.program.Surroundings;
import io.peerup.relay.program.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
    private static final String COMPLETION = "completion";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /**
     * The command line for these arguments. It holds only the command that they begin with, for to describe all of them
     * to the parser takes longer than most of them run; it is whole when they begin with anything else, or when all
     * commands are asked for.
     */
    public static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        CommandLine program = new CommandLine(new PeerupCommands());
        Map<String, Supplier<?>> commands = commands(surroundings);
        if (arguments.length > 0 && commands.containsKey(arguments[0]) && !arguments[0].equals(COMPLETION)) {
            commands.keySet().retainAll(Set.of(arguments[0]));
        }
        commands.forEach((name, command) -> program.addSubcommand(name, command.get()));
        return program;
    }

    /** In the order of the help. */
    private static Map<String, Supplier<?>> commands(Surroundings surroundings) {
        Map<String, Supplier<?>> commands = new LinkedHashMap<>();
        commands.put("init", () -> new InitCommand(surroundings));
        commands.put("whoami", () -> new WhoamiCommand(surroundings));
        commands.put("auth", () -> AuthCommands.commandLine(surroundings));
        commands.put("service", () -> ServiceCommands.commandLine(surroundings));
        commands.put("daemon", () -> DaemonCommand.commandLine(surroundings));
        commands.put("proxy", () -> new ProxyCommand(surroundings));
        commands.put("ping", () -> new PingCommand(surroundings));
        commands.put("status", () -> new StatusCommand(surroundings));
        commands.put("demo", () -> new DemoCommand(surroundings));
        commands.put("relay", () -> RelayCommands.commandLine("relay", surroundings));
        commands.put("version", () -> new VersionCommand(surroundings));
        commands.put(COMPLETION, AutoComplete.GenerateCompletion::new);
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
