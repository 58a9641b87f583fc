package io.peerup.node;

import io.peerup.node.cli.PeerupCommands;
import io.peerup.relay.program.CommandLines;
import io.peerup.relay.program.Surroundings;

/** The program {@code peerup}. */
public final class Peerup {
    private Peerup() {}

    /** Runs one command and ends with its status. */
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofThisProcess();
        System.exit(CommandLines.of(PeerupCommands.commandLine(surroundings, arguments), surroundings)
                .execute(arguments));
    }
}
