package io.peerup.host.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.host.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class IdentityFilePropertiesTest {
    @Property(tries = 300)
    void noContentEscapesAsAnythingButAProblemNorIsReplaced(@ForAll byte[] content) throws IOException {
        Path path = Files.createTempFile("identity", ".key");
        try {
            Files.write(path, content);
            try {
                IdentityFile.at(path).loadOrCreate();
            } catch (FileProblem problem) {
                assertThat(problem.getMessage().lines()).hasSize(1);
            }
            assertThat(path).hasBinaryContent(content);
        } finally {
            Files.delete(path);
        }
    }
}
