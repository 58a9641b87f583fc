package io.peerup.interop.lab;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small programs of ours that need nothing but the JDK this JVM runs on. */
final class JavaProgram {
    private JavaProgram() {}

    static List<String> command(Class<?> program, String... arguments) throws URISyntaxException {
        Path classes = Path.of(
                program.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                // Its file is named by the process id, which in the laboratory is one that others have too.
                "-XX:-UsePerfData",
                "-cp",
                classes.toString(),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
