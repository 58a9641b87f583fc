package io.peerup.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] NEW = "the new content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = directory.resolve("file");
    }

    @Test
    void writesAFileThatOnlyItsOwnerMayRead() throws IOException {
        AtomicFile.write(file, "content");

        assertThat(file).hasContent("content");
        assertThat(FileMode.of(file)).contains(FileMode.OWNER_ONLY);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void tightensTheModeOfAFileItReplaces() throws IOException {
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        AtomicFile.write(file, "new");

        assertThat(FileMode.of(file)).contains(FileMode.OWNER_ONLY);
    }

    @Test
    void aDiskThatIsFullAtAnyByteLeavesTheOldFileAndNothingElse() throws IOException {
        Files.writeString(file, "old");
        for (int bytes = 0; bytes < NEW.length; bytes++) {
            FailingDisk disk = FailingDisk.fullAfterBytes(bytes);

            assertThatThrownBy(() -> AtomicFile.write(disk, file, NEW))
                    .isInstanceOf(FileProblem.class)
                    .hasMessage("cannot write " + file + ", nothing was changed: the disk is full"
                            + " (No space left on device); free some space and try again");

            assertThat(file).hasContent("old");
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void aFailureAtAnyStepLeavesTheOldFileAndNothingElse() throws IOException {
        Files.writeString(file, "old");
        int steps = 0;
        FailingDisk disk = FailingDisk.brokenAfterSteps(steps);
        while (failsToWrite(disk)) {
            assertThat(file).hasContent("old");
            assertThat(names()).containsExactly("file");
            disk = FailingDisk.brokenAfterSteps(++steps);
        }

        assertThat(steps).isEqualTo(4);
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void aFailedCreationLeavesNothing() throws IOException {
        for (int bytes = 0; bytes < NEW.length; bytes++) {
            FailingDisk disk = FailingDisk.fullAfterBytes(bytes);

            assertThatThrownBy(() -> AtomicFile.create(disk, file, NEW)).isInstanceOf(FileProblem.class);

            assertThat(names()).isEmpty();
        }
    }

    @Test
    void createsOnAFileSystemWithoutLinks() throws IOException {
        assertThat(AtomicFile.create(FailingDisk.withoutLinks(1000), file, NEW)).isTrue();
        assertThat(file).hasBinaryContent(NEW);

        assertThat(AtomicFile.create(FailingDisk.withoutLinks(1000), file, "other".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(file).hasBinaryContent(NEW);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aFullFileSystemWithoutLinksKeepsNoHalfOfAFile() throws IOException {
        FailingDisk fullInTheSecondCopy = FailingDisk.withoutLinks(NEW.length + 3);

        assertThatThrownBy(() -> AtomicFile.create(fullInTheSecondCopy, file, NEW))
                .isInstanceOf(FileProblem.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void creationDoesNotTouchWhatIsThere() throws IOException {
        Files.writeString(file, "old");

        assertThat(AtomicFile.create(file, "new")).isFalse();

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void ofManyCreatorsExactlyOneSucceeds() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> creators = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(each -> () -> AtomicFile.create(file, "by " + each))
                    .toList();

            long successes = threads.invokeAll(creators).stream()
                    .filter(creation -> creation.resultNow())
                    .count();

            assertThat(successes).isEqualTo(1);
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void writesThroughASymbolicLinkAndKeepsIt() throws IOException {
        Path real = Files.createDirectory(directory.resolve("elsewhere")).resolve("real");
        Files.writeString(real, "old");
        Files.createSymbolicLink(file, real);

        AtomicFile.write(file, "new");

        assertThat(file).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void saysThatADirectoryIsMissing() {
        Path lost = directory.resolve("missing").resolve("file");

        assertThatThrownBy(() -> AtomicFile.write(lost, "text"))
                .isInstanceOf(FileProblem.class)
                .hasMessage("cannot write " + lost + ", nothing was changed: no such file or directory");
    }

    @Test
    void createsDirectoriesThatOnlyTheirOwnerMayEnter() throws IOException {
        Path deep = directory.resolve("a").resolve("b");

        PrivateDirectory.create(deep);
        PrivateDirectory.create(deep);

        assertThat(FileMode.of(deep)).contains(FileMode.OWNER_ONLY_DIRECTORY);
        assertThat(FileMode.of(directory.resolve("a"))).contains(FileMode.OWNER_ONLY_DIRECTORY);
    }

    @Test
    void aFileInTheWayOfADirectoryIsNamed() throws IOException {
        Files.writeString(file, "");

        assertThatThrownBy(() -> PrivateDirectory.create(file))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("in the way");
    }

    private boolean failsToWrite(FailingDisk disk) {
        try {
            AtomicFile.write(disk, file, NEW);
            return false;
        } catch (FileProblem problem) {
            return true;
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
