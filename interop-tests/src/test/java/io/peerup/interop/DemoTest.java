package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer tries first, as a process with the class path of the launcher. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class DemoTest {
    private static final Path CLASS_PATH =
            Path.of("..", "node", "target", "lib").toAbsolutePath().normalize();

    @TempDir
    Path temporary;

    @Test
    void theDemoFetchesThePageThroughTheRelayAndLeavesNothing() throws Exception {
        Process demo = start("--once");
        String printed = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(demo.waitFor()).as(printed).isZero();
        assertThat(printed)
                .contains(
                        "relay ",
                        "home ",
                        "laptop ",
                        "[RELAYED]",
                        "every byte as it was sent",
                        "nothing is left of it");
        assertNothingIsLeft();
    }

    @Test
    void theDemoStopsWhenItIsAskedTo() throws Exception {
        Process demo = start();
        try (var lines = demo.inputReader()) {
            List<String> printed = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (line.startsWith("Press Ctrl+C")) {
                    // Process.destroy would close the output, too.
                    demo.toHandle().destroy();
                }
            }
            assertThat(demo.waitFor()).as(printed.toString()).isZero();
            assertThat(printed).anyMatch(line -> line.matches("Open http://127.0.0.1:\\d+/ in a browser.*"));
        }
        assertNothingIsLeft();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-XX:-UsePerfData",
                "-cp",
                CLASS_PATH + "/*",
                "io.peerup.node.Peerup",
                "demo"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(Path.of("target", "demo.log").toFile())
                .start();
    }

    private void assertNothingIsLeft() throws Exception {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("peerup-demo")))
                    .isEmpty();
        }
        Patience.until(
                "no process is left",
                () -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(temporary.toString())));
    }
}
