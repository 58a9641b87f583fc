package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.host.file.BoundedFile;
import io.peerup.host.file.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a configuration file, of a node or a relay: it is one, or there is one line about what is wrong. */
class ConfigFuzzTest {
    private static final Path FILE = Path.of("/c/peerup.yaml");
    private static final ConfigDirectories DIRECTORIES = ConfigDirectories.of(Map.of("HOME", "/home/u"));

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(
                        ConfigFolder.sample("fresh-node.yaml"),
                        ConfigFolder.sample("home-node.yaml"),
                        ConfigFolder.sample("relay-server.yaml"),
                        "version: !!int [1]\nnames: &n {me: *n}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void itIsAConfigurationOrOneLineSaysWhyNot(byte[] bytes) {
        assertOneLine(() -> NodeConfigReader.read(FILE, DIRECTORIES, BoundedFile.utf8(FILE, bytes)));
        assertOneLine(() -> RelayConfigReader.read(FILE, DIRECTORIES, BoundedFile.utf8(FILE, bytes)));
    }

    private interface Reading {
        Object read() throws FileProblem;
    }

    private static void assertOneLine(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (FileProblem problem) {
            assertThat(problem.getMessage()).startsWith(FILE.toString()).doesNotContain("\n", "\r", "\u001b");
        }
    }
}
