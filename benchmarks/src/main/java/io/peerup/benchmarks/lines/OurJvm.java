package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Setting;
import io.peerup.benchmarks.peer.BenchmarkPeer;
import io.peerup.testkit.process.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our processes, with the options that the launcher of the programs gives a JVM. Different from a launched program: the
 * class path, and that there is no class archive, which matters to nothing but the start.
 */
final class OurJvm {
    private static final Pattern OPTIONS = Pattern.compile("^options=\"([^\"]*)\"", Pattern.MULTILINE);
    private static final String MAX_HEAP = "${PEERUP_MAX_HEAP:-256m}";

    /** More options for our processes, such as those of a profiler. */
    private static final String MORE = "BENCHMARK_JAVA_OPTS";

    private OurJvm() {}

    /** A peer of ours that takes orders. */
    static PeerProcess start(Setting setting, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "MALLOC_ARENA_MAX=2",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options(Files.readString(setting.root().resolve("dist").resolve("launch"))));
        command.addAll(words(Optional.ofNullable(System.getenv(MORE)).orElse("")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchmarkPeer.class.getName()));
        command.addAll(List.of(arguments));
        return PeerProcess.start(command, setting.logs().resolve("our-peer.log"));
    }

    static List<String> options(String launcher) throws IOException {
        Matcher found = OPTIONS.matcher(launcher);
        if (!found.find()) {
            throw new IOException("dist/launch says no options");
        }
        List<String> options = words(found.group(1).replace(MAX_HEAP, "256m"));
        if (options.stream().anyMatch(option -> option.contains("$"))) {
            throw new IOException("dist/launch has an option that is not understood here: " + options);
        }
        return options;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
