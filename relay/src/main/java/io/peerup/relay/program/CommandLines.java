package io.peerup.relay.program;

import io.peerup.host.file.PrintableText;
import io.peerup.swarm.OneLine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Command lines with the conventions of both programs: answers on standard output, one line on standard error for what
 * is wrong, exit status 0, 1 for a failure, 2 for a usage error.
 */
public final class CommandLines {
    /** The command did what it was asked. */
    public static final int OK = 0;

    /** The command failed and said why. */
    public static final int FAILED = 1;

    /** The command line makes no sense. */
    public static final int USAGE = 2;

    private static final int MAX_LINE_CHARS = 2000;

    private CommandLines() {}

    /** Gives a program's commands these conventions. */
    public static CommandLine of(CommandLine program, Surroundings surroundings) {
        return program.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((wrong, arguments) -> usage(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int usage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        print(command, OneLine.of(wrong));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more information.");
        return USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof RuntimeException bug) {
            print(command, "internal error, please report it: " + bug);
            bug.printStackTrace(command.getErr());
        } else {
            print(command, OneLine.of(failure));
        }
        return FAILED;
    }

    private static void print(CommandLine command, String line) {
        String program = command.getCommandSpec().root().name();
        command.getErr().println(program + ": " + PrintableText.of(line, MAX_LINE_CHARS));
    }
}
