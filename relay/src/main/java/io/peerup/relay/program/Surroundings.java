package io.peerup.relay.program;

import io.peerup.host.config.ConfigDirectories;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command runs, so that a test can run it somewhere else.
 *
 * @param directories what paths mean
 * @param in what a person types
 * @param out for answers
 * @param err for problems and progress
 */
public record Surroundings(ConfigDirectories directories, InputStream in, PrintStream out, PrintStream err) {
    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(ConfigDirectories.of(System.getenv()), System.in, System.out, System.err);
    }
}
