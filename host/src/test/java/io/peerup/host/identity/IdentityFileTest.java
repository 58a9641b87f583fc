package io.peerup.host.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FailingDisk;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFileTest {
    /** Written by the Go product; its seed is the bytes 0 to 31. */
    private static final byte[] GOS_FILE = HexFormat.of()
            .parseHex("08011240000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                    + "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void nameAFile() {
        path = directory.resolve("identity.key");
    }

    @Test
    void readsTheFileOfTheGoProduct() throws IOException {
        writePrivately(GOS_FILE);

        assertThat(IdentityFile.at(path).load().peerId())
                .hasToString("12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB");
    }

    @Test
    void createsAKeyOnlyWhereThereIsNone() throws IOException {
        Identity created = IdentityFile.at(path).loadOrCreate();

        assertThat(FileMode.of(path)).contains(FileMode.OWNER_ONLY);
        assertThat(Files.size(path)).isEqualTo(68);
        assertThat(IdentityFile.at(path).loadOrCreate().peerId()).isEqualTo(created.peerId());
        assertThat(IdentityFile.at(path).load().peerId()).isEqualTo(created.peerId());
    }

    @Test
    void loadingAloneCreatesNothing() {
        assertThatThrownBy(() -> IdentityFile.at(path).load())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining(path + " does not exist");
        assertThat(path).doesNotExist();
    }

    @Test
    void refusesAFileOthersMayReadAndNamesTheFix() throws IOException {
        for (String mode : List.of("rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rw------x")) {
            Files.deleteIfExists(path);
            Files.write(path, GOS_FILE);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> IdentityFile.at(path).loadOrCreate())
                    .isInstanceOf(FileProblem.class)
                    .hasMessageContaining("has insecure permissions 0")
                    .hasMessageEndingWith("(expected 0600); fix with: chmod 600 " + path);
        }
    }

    @Test
    void namesTheModeAsChmodWould() throws IOException {
        Files.write(path, GOS_FILE);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> IdentityFile.at(path).load())
                .hasMessage("key file " + path + " has insecure permissions 0644 (expected 0600); fix with: chmod 600 "
                        + path);
    }

    @Test
    void anUnreadableKeyIsNeverReplaced() throws IOException {
        writePrivately(GOS_FILE);

        assertThatThrownBy(() -> new IdentityFile(path, FailingDisk.unreadable()).loadOrCreate())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("permission denied");

        assertThat(path).hasBinaryContent(GOS_FILE);
    }

    @Test
    void aDirectoryOrDeadLinkIsNeverReplaced() throws IOException {
        Files.createDirectory(path);
        assertThatThrownBy(() -> IdentityFile.at(path).loadOrCreate()).isInstanceOf(FileProblem.class);

        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("gone"));
        assertThatThrownBy(() -> IdentityFile.at(link).loadOrCreate()).isInstanceOf(FileProblem.class);
    }

    @Test
    void aFileWhereADirectoryShouldBeIsAProblem() throws IOException {
        Files.writeString(path, "");

        assertThatThrownBy(() -> IdentityFile.at(path.resolve("identity.key")).loadOrCreate())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("identity.key");
    }

    @Test
    void aTruncatedKeyIsNeverReplaced() throws IOException {
        for (int length = 0; length < GOS_FILE.length; length++) {
            byte[] truncated = Arrays.copyOf(GOS_FILE, length);
            writePrivately(truncated);

            assertThatThrownBy(() -> IdentityFile.at(path).loadOrCreate())
                    .isInstanceOf(FileProblem.class)
                    .hasMessageStartingWith("key file " + path + " does not hold a whole private key");

            assertThat(path).hasBinaryContent(truncated);
        }
    }

    @Test
    void aFullDiskLeavesNoKey() throws IOException {
        for (int bytes = 0; bytes < 68; bytes++) {
            IdentityFile file = new IdentityFile(path, FailingDisk.fullAfterBytes(bytes));

            assertThatThrownBy(file::loadOrCreate)
                    .isInstanceOf(FileProblem.class)
                    .hasMessageContaining("the disk is full");

            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void programsThatStartTogetherGetOneIdentity() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<PeerId>> programs = IntStream.range(0, 8)
                    .<Callable<PeerId>>mapToObj(
                            each -> () -> IdentityFile.at(path).loadOrCreate().peerId())
                    .toList();

            assertThat(threads.invokeAll(programs).stream()
                            .map(program -> program.resultNow())
                            .collect(Collectors.toSet()))
                    .hasSize(1);
        }
    }

    private void writePrivately(byte[] content) throws IOException {
        Files.write(path, content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
}
