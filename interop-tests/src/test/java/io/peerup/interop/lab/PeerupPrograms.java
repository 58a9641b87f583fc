package io.peerup.interop.lab;

import io.peerup.node.Peerup;
import io.peerup.relay.RelayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Our programs on one host, each with a home directory of its own, run as a person would. */
final class PeerupPrograms {
    private final Namespace host;
    private final Path home;

    PeerupPrograms(Namespace host, Path home) throws IOException {
        this.host = host;
        this.home = Files.createDirectories(home);
    }

    Path home() {
        return home;
    }

    /** Runs a command of {@code peerup} that must succeed, and returns what it printed. */
    String peerup(String... arguments) throws IOException, InterruptedException {
        return host.run(command(Peerup.class, arguments).toArray(String[]::new));
    }

    /** Runs a command of {@code relay-server} that must succeed, and returns what it printed. */
    String relayServer(String... arguments) throws IOException, InterruptedException {
        return host.run(command(RelayServer.class, arguments).toArray(String[]::new));
    }

    /** Starts a command of {@code peerup} that stays. */
    LabProcess startPeerup(String log, String... arguments) throws IOException {
        return host.start(log, command(Peerup.class, arguments), Map.of());
    }

    /** Starts a command of {@code relay-server} that stays. */
    LabProcess startRelayServer(String log, String... arguments) throws IOException {
        return host.start(log, command(RelayServer.class, arguments), Map.of());
    }

    private List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "--chdir=" + home, "HOME=" + home));
        command.addAll(OurProgram.command(program, List.of("-Xlog:disable"), arguments));
        return command;
    }
}
