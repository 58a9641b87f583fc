package io.peerup.testkit.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate at work in a JVM of its own, as a build would run it. */
@Timeout(120)
class LeakGateTest {
    @Test
    void aRunThatLeaksABufferIsRedAndShowsWhereItCameFrom() throws Exception {
        Run run = run(LeakingFixture.class);
        assertThat(run.exitCode).isNotZero();
        assertThat(run.output).contains("1 test passed", "LEAK: these tests leaked 1 times", "LeakingFixture.leak");
    }

    @Test
    void aRunThatReleasesWhatItTakesIsGreen() throws Exception {
        Run run = run(TidyFixture.class);
        assertThat(run.output).contains("1 test passed");
        assertThat(run.exitCode).isZero();
    }

    private record Run(int exitCode, String output) {}

    private static Run run(Class<?> fixture) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dio.netty.leakDetection.level=paranoid",
                        "-Dleaking.fixture=on",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FixtureRun.class.getName(),
                        fixture.getName())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
