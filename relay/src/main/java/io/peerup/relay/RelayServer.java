package io.peerup.relay;

import io.peerup.relay.cli.RelayCommands;
import io.peerup.relay.program.CommandLines;
import io.peerup.relay.program.Surroundings;

/** The program {@code relay-server}. */
public final class RelayServer {
    private RelayServer() {}

    /** Runs one command and ends with its status. */
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofThisProcess();
        System.exit(CommandLines.of(RelayCommands.commandLine("relay-server", surroundings), surroundings)
                .execute(arguments));
    }
}
