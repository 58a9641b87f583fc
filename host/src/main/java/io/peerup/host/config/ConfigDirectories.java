package io.peerup.host.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The directories that decide what a written path means. Values of the process are taken once, at its start.
 *
 * @param working against which paths of the command line are resolved
 * @param home what {@code ~} means; absent where nobody is logged in, as in a system service
 * @param system where the machine's own configuration is
 */
public record ConfigDirectories(Path working, Optional<Path> home, Path system) {
    private static final Path SYSTEM = Path.of("/etc/peerup");

    /** Makes the paths absolute. */
    public ConfigDirectories {
        working = working.toAbsolutePath().normalize();
        home = home.map(path -> path.toAbsolutePath().normalize());
        system = system.toAbsolutePath().normalize();
    }

    /** For a process with this environment: {@code HOME} is the home directory, whatever the JVM thinks. */
    public static ConfigDirectories of(Map<String, String> environment) {
        Optional<Path> home = Optional.ofNullable(environment.get("HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
        return new ConfigDirectories(Path.of(""), home, SYSTEM);
    }

    /** Where {@code peerup init} puts things: {@code ~/.config/peerup}; empty without a home. */
    public Optional<Path> ofUser() {
        return home.map(path -> path.resolve(".config").resolve("peerup"));
    }

    /** The absolute path that {@code written} means on the command line. */
    public Path resolve(String written) throws InvalidValue {
        return resolve(working, written);
    }

    /** The absolute path that {@code written} means in a file of {@code directory}. */
    public Path resolve(Path directory, String written) throws InvalidValue {
        if (written.isBlank()) {
            throw new InvalidValue("an empty path; write the name of a file");
        }
        try {
            Path path = written.startsWith("~") ? inHome(written) : directory.resolve(written);
            return path.toAbsolutePath().normalize();
        } catch (InvalidPathException notAPath) {
            throw InvalidValue.of(written, "path", "/etc/peerup/identity.key or identity.key");
        }
    }

    private Path inHome(String written) throws InvalidValue {
        if (!written.startsWith("~/")) {
            throw InvalidValue.of(written, "path", "~/file, or name the directory in full");
        }
        return home.orElseThrow(() -> new InvalidValue(
                        "\"" + written + "\" needs HOME to be set; set it or name the directory in full"))
                .resolve(written.substring(2).replaceAll("^/+", ""));
    }
}
