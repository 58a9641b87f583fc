package io.peerup.node.cli;

import io.peerup.host.config.HostAndPort;
import io.peerup.host.config.NodeConfig;
import io.peerup.host.config.NodeConfigFile;
import io.peerup.host.config.ServiceEntry;
import io.peerup.host.config.ServiceName;
import io.peerup.node.api.Json;
import io.peerup.relay.program.Surroundings;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code service}: what authorized peers may reach on this machine. */
@Command(name = "service", mixinStandardHelpOptions = true, description = "Decides what peers may reach here.")
final class ServiceCommands implements Runnable {
    private static final String RESTART = "Restart 'peerup daemon' to apply.";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commands = new CommandLine(new ServiceCommands());
        commands.addSubcommand(new Add(surroundings));
        commands.addSubcommand(new ListServices(surroundings));
        commands.addSubcommand(new Enable(surroundings));
        commands.addSubcommand(new Disable(surroundings));
        commands.addSubcommand(new Remove(surroundings));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing command");
    }

    private static void done(Surroundings surroundings, NodeConfigFile file, String what) {
        PrintStream out = surroundings.out();
        out.println(what);
        out.println("Config: " + file.path());
        out.println();
        out.println(RESTART);
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Offers a TCP service to authorized peers.")
    private static final class Add implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Parameters(index = "0", paramLabel = "NAME", description = "What peers call it, such as ssh.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "HOST:PORT", description = "Where it listens, such as 127.0.0.1:22.")
        private String address = "";

        Add(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            ServiceName service = ServiceName.parse(name);
            HostAndPort target = HostAndPort.parse(address);
            NodeConfigFile file = config.file(surroundings);
            if (file.addService(service, ServiceEntry.at(target))) {
                done(surroundings, file, "Added service: " + service + " -> " + target);
            } else {
                surroundings.out().println("Service already configured: " + service);
            }
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the services.")
    private static final class ListServices implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Option(names = "--json", description = "For programs.")
        private boolean json;

        ListServices(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            NodeConfig loaded = config.load(surroundings);
            PrintStream out = surroundings.out();
            if (json) {
                out.print(Json.line(loaded.services().entrySet().stream()
                        .map(ListServices::entry)
                        .toList()));
                return 0;
            }
            if (loaded.services().isEmpty()) {
                out.println("No services configured.");
                return 0;
            }
            out.println("Services (" + loaded.services().size() + "):");
            out.println();
            loaded.services().forEach((name, service) -> out.println(ServiceLines.line(name, service)));
            out.println();
            out.println("Config: " + loaded.file());
            return 0;
        }

        private static io.peerup.node.api.ServiceEntry entry(Map.Entry<ServiceName, ServiceEntry> entry) {
            return new io.peerup.node.api.ServiceEntry(
                    entry.getKey().value(),
                    entry.getKey().protocolId().toString(),
                    entry.getValue().localAddress().toString(),
                    entry.getValue().enabled());
        }
    }

    /** Changes one service that is there. */
    private abstract static class Change implements Callable<Integer> {
        final Surroundings surroundings;

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Parameters(paramLabel = "NAME", description = "The service.")
        private String name = "";

        Change(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public final Integer call() throws Exception {
            change(config.file(surroundings), ServiceName.parse(name));
            return 0;
        }

        abstract void change(NodeConfigFile file, ServiceName service) throws Exception;

        final void enable(NodeConfigFile file, ServiceName service, boolean enabled) throws Exception {
            String state = enabled ? "enabled" : "disabled";
            if (file.setServiceEnabled(service, enabled)) {
                done(surroundings, file, "Service " + service + " is now " + state);
            } else {
                surroundings.out().println("Service " + service + " is already " + state);
            }
        }
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Offers a service again.")
    private static final class Enable extends Change {
        Enable(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void change(NodeConfigFile file, ServiceName service) throws Exception {
            enable(file, service, true);
        }
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Stops offering a service; it stays listed.")
    private static final class Disable extends Change {
        Disable(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void change(NodeConfigFile file, ServiceName service) throws Exception {
            enable(file, service, false);
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Forgets a service.")
    private static final class Remove extends Change {
        Remove(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void change(NodeConfigFile file, ServiceName service) throws Exception {
            file.removeService(service);
            done(surroundings, file, "Removed service: " + service);
        }
    }
}
