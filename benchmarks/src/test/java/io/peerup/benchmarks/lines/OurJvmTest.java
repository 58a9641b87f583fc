package io.peerup.benchmarks.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OurJvmTest {
    @Test
    void ourJvmsRunWithTheOptionsOfTheLauncher() throws IOException {
        assertThat(OurJvm.options(Files.readString(Path.of("..", "dist", "launch"))))
                .contains("-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED")
                .allMatch(option -> option.startsWith("-"));
    }

    @Test
    void ourJvmsHaveTheCipherOfThePackages() throws ReflectiveOperationException {
        Class<?> conscrypt = Class.forName("org.conscrypt.Conscrypt");
        assertThat(conscrypt.getMethod("isAvailable").invoke(null)).isEqualTo(true);
    }

    @Test
    void aLauncherThatIsWrittenDifferentlyIsNoticed() {
        assertThatThrownBy(() -> OurJvm.options("exec java -Xmx1g\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OurJvm.options("options=\"$more\"\n")).isInstanceOf(IOException.class);
    }
}
