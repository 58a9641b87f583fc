package io.peerup.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditLockTest {
    @TempDir
    Path directory;

    @Test
    void noChangeIsLostAmongManyWriters() throws Exception {
        Path file = Files.writeString(directory.resolve("counter"), "");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> writers = IntStream.range(0, 40)
                    .<Callable<String>>mapToObj(each -> () -> EditLock.holding(file, () -> append(file)))
                    .toList();
            threads.invokeAll(writers);
        }

        assertThat(file).hasContent("x".repeat(40));
    }

    @Test
    void theLockIsFreeAgainAfterAFailure() throws FileProblem {
        Path file = directory.resolve("file");

        assertThatThrownBy(() -> EditLock.holding(file, () -> {
                    throw FileProblem.in(file, "bad");
                }))
                .hasMessageEndingWith("bad");

        assertThat(EditLock.<Boolean>holding(file, () -> true)).isTrue();
    }

    @Test
    void aMissingDirectoryIsAProblem() {
        Path lost = directory.resolve("missing").resolve("file");

        assertThatThrownBy(() -> EditLock.<Boolean>holding(lost, () -> true)).isInstanceOf(FileProblem.class);
    }

    private static String append(Path file) throws FileProblem {
        byte[] content = BoundedFile.readIfPresent(Disk.local(), file, 1000).orElseThrow();
        AtomicFile.write(file, BoundedFile.utf8(file, content) + "x");
        return "";
    }
}
