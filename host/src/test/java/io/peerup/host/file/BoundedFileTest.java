package io.peerup.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
    private static final int MAX = 10;

    @TempDir
    Path directory;

    @Test
    void absentIsAnAnswer() throws FileProblem {
        assertThat(BoundedFile.readIfPresent(Disk.local(), directory.resolve("none"), MAX))
                .isEmpty();
    }

    @Test
    void unreadableIsNotAbsent() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThatThrownBy(() -> BoundedFile.readIfPresent(FailingDisk.unreadable(), file, MAX))
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith("cannot read " + file + ": permission denied");
    }

    @Test
    void aDirectoryIsNotAbsent() {
        assertThatThrownBy(() -> BoundedFile.readIfPresent(Disk.local(), directory, MAX))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aLinkThatLeadsNowhereIsNotAbsent() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("gone"));

        assertThatThrownBy(() -> BoundedFile.readIfPresent(Disk.local(), link, MAX))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("leads nowhere");
    }

    @Test
    void aDeviceIsNotReadAtAll() {
        assertThatThrownBy(() -> BoundedFile.readIfPresent(Disk.local(), Path.of("/dev/zero"), MAX))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void readsUpToTheBoundAndNotBeyond() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "0123456789");
        assertThat(BoundedFile.readIfPresent(Disk.local(), file, MAX)).isPresent();

        Files.writeString(file, "0123456789a");
        assertThatThrownBy(() -> BoundedFile.readIfPresent(Disk.local(), file, MAX))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("longer than 10 bytes");
    }

    @Test
    void textIsUtf8WithoutItsByteOrderMark() throws FileProblem {
        Path file = directory.resolve("file");

        assertThat(BoundedFile.utf8(file, "\uFEFFtext".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("text");
        assertThatThrownBy(() -> BoundedFile.utf8(file, new byte[] {'a', (byte) 0xFC}))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("not UTF-8");
    }
}
