package io.peerup.interop.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where programs are found: also where only root usually looks. */
final class Tools {
    private static final String PATH =
            Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin") + ":/usr/local/sbin:/usr/sbin:/sbin";

    private Tools() {}

    static Optional<Path> find(String program) {
        return Arrays.stream(PATH.split(":", -1))
                .map(directory -> Path.of(directory, program).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    static ProcessBuilder builder(List<String> command, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("PATH", PATH);
        return builder;
    }
}
