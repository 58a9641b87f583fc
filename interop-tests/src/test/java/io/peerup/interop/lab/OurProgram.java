package io.peerup.interop.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our programs with the class path and the options of their launcher. */
public final class OurProgram {
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx256m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED");

    /** What the launcher runs, not what the tests see. */
    private static final String CLASS_PATH =
            Path.of("..", "node", "target", "lib").toAbsolutePath().normalize() + "/*";

    private OurProgram() {}

    /**
     * A command line that runs a program.
     *
     * @param moreOptions of the JVM
     */
    public static List<String> command(Class<?> program, List<String> moreOptions, String... arguments) {
        return command(CLASS_PATH, program, moreOptions, arguments);
    }

    /** The same with a class path that has more than we ship. */
    public static List<String> command(
            String classPath, Class<?> program, List<String> moreOptions, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM_OPTIONS);
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
