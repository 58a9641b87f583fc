package io.peerup.relay.program;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a command runs, so that a test can run it somewhere else.
 *
 * @param home what {@code ~} means
 * @param workingDirectory what relative paths start from
 * @param in what a person types
 * @param out for answers
 * @param err for problems and progress
 */
public record Surroundings(Path home, Path workingDirectory, InputStream in, PrintStream out, PrintStream err) {
    /** Those of this process. {@code ~} is {@code $HOME}, as in a shell; only without it the account's directory. */
    public static Surroundings ofThisProcess() {
        String home = System.getenv("HOME");
        return new Surroundings(
                Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home),
                Path.of("").toAbsolutePath(),
                System.in,
                System.out,
                System.err);
    }

    /**
     * The absolute path that a person means.
     *
     * @throws CommandFailed when it cannot be one
     */
    public Path path(String typed) throws CommandFailed {
        try {
            return typed.equals("~") || typed.startsWith("~/")
                    ? home.resolve(typed.substring(Math.min(2, typed.length()))).normalize()
                    : workingDirectory.resolve(typed).normalize();
        } catch (InvalidPathException notAPath) {
            throw new CommandFailed("not a path: " + notAPath.getMessage());
        }
    }
}
