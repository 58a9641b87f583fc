package io.peerup.relay.cli;

import io.peerup.host.config.ConfigDirectories;
import io.peerup.relay.program.CommandLines;
import io.peerup.relay.program.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Somebody types commands in a directory and reads what they print. */
final class Terminal {
    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Terminal(Path directory) {
        this.directory = directory;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        ConfigDirectories directories =
                new ConfigDirectories(directory, Optional.of(directory.resolve("home")), directory.resolve("etc"));
        Surroundings surroundings = new Surroundings(
                directories,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandLines.of(RelayCommands.commandLine("relay-server", surroundings), surroundings)
                .execute(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
