package io.peerup.node.cli;

import io.peerup.host.config.ConfigDirectories;
import io.peerup.relay.program.CommandLines;
import io.peerup.relay.program.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Somebody at home in a directory, who types commands and reads what they print. */
final class Terminal {
    private final Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";

    Terminal(Path home) {
        this.home = home;
    }

    /** What the next command reads. */
    Terminal typing(String lines) {
        typed = lines;
        return this;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                new ConfigDirectories(home, Optional.of(home), home.resolve("etc")),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        typed = "";
        return CommandLines.of(PeerupCommands.commandLine(surroundings, arguments), surroundings)
                .execute(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
