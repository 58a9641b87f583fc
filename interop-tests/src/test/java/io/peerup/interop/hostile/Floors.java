package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The oldest versions of what we ship that are free of the holes of the table, read from the names of the files. */
final class Floors {
    private static final Pattern JAR = Pattern.compile("([a-z0-9-]+?)-(\\d+(?:\\.\\d+)+)(?:\\.Final)?(?:-.*)?\\.jar");

    /** By the beginning of the name. */
    private static final Map<String, String> FLOORS = Map.of(
            "netty-", "4.2.18",
            "bcprov-", "1.78",
            "protobuf-java", "4.27.5",
            "snakeyaml", "2.0",
            "logback-", "1.5.13",
            "gson", "2.8.9");

    private Floors() {}

    /** Fails unless each of them is shipped, and all of them are new enough. */
    static void requireAll() throws IOException {
        try (Stream<Path> shipped = Files.list(Target.LIBRARIES)) {
            List<String> names =
                    shipped.map(path -> path.getFileName().toString()).toList();
            FLOORS.forEach((prefix, floor) -> {
                List<String> found =
                        names.stream().filter(name -> name.startsWith(prefix)).toList();
                assertThat(found).as(prefix).isNotEmpty().allMatch(name -> isAtLeast(name, floor));
            });
        }
    }

    static boolean isAtLeast(String jar, String floor) {
        Matcher matcher = JAR.matcher(jar);
        return matcher.matches() && Arrays.compare(numbers(matcher.group(2)), numbers(floor)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
