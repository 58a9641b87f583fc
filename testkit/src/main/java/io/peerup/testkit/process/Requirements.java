package io.peerup.testkit.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** What tests need beyond a JDK. On a build machine a missing tool is a failure, elsewhere one line says what is left out. */
public final class Requirements {
    private static final Pattern GO = Pattern.compile("go version go1\\.(\\d+)");
    private static final int NEWEST_GO_MINOR = 26;

    private Requirements() {}

    /** Go that can build the newest go-libp2p. */
    public static void go() {
        Optional<String> version = Commands.output("go", "version");
        boolean usable = version.map(GO::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)) >= NEWEST_GO_MINOR)
                .orElse(false);
        require(usable, "Go 1." + NEWEST_GO_MINOR + " or newer, for the tests with go-libp2p peers");
    }

    /** Whether everything must be there and everything must run. */
    public static boolean onBuildMachine() {
        return Boolean.parseBoolean(System.getenv("CI"));
    }

    /** Goes on only where this is present. */
    public static void require(boolean present, String what) {
        if (present) {
            return;
        }
        if (onBuildMachine()) {
            throw new AssertionError("missing: " + what);
        }
        System.err.println("left out, missing: " + what);
        Assumptions.abort("missing: " + what);
    }
}
