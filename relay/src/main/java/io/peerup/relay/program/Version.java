package io.peerup.relay.program;

import java.util.Locale;

/** Which build this is. */
public final class Version {
    private Version() {}

    /** The version number, {@code dev} when the classes did not come from a jar. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** Two lines: the program and its version, and what runs it. */
    public static String lines(String program) {
        return program + " " + number() + System.lineSeparator() + "Java " + Runtime.version() + " "
                + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "/" + System.getProperty("os.arch");
    }
}
