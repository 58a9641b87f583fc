package io.peerup.host.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.host.file.FileProblem;
import io.peerup.wire.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in an identity file: it is an identity, or one line says why not, and the file stays as it is. */
class IdentityFileFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(Identity.ofEd25519Seed(new byte[32]).toProtobuf(), new byte[0]);
    }

    @MethodSource("seeds")
    @FuzzTest
    void itIsAnIdentityOrOneLineSaysWhyNot(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("identity", ".key");
        try {
            Files.write(file, bytes);
            assertThat(IdentityFile.at(file).loadOrCreate().peerId()).isNotNull();
        } catch (FileProblem problem) {
            assertThat(problem.getMessage()).contains(file.toString()).doesNotContain("\n", "\r", "\u001b");
        } finally {
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
            Files.delete(file);
        }
    }
}
