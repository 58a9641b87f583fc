package io.peerup.host.authorization;

import static io.peerup.host.authorization.Peers.ADA;
import static io.peerup.host.authorization.Peers.BOB;
import static io.peerup.host.authorization.Peers.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FailingDisk;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizedKeysFileTest {
    @TempDir
    Path directory;

    private Path path;
    private AuthorizedKeysFile file;

    @BeforeEach
    void nameAFile() {
        path = directory.resolve("authorized_keys");
        file = AuthorizedKeysFile.at(path);
    }

    @Test
    void readsIdsAndComments() throws IOException {
        Files.writeString(path, "# friends\n\n" + ADA + "  # laptop # old\n  " + BOB + "\n   # none\n" + EVE + "#x");

        assertThat(file.load().peers())
                .containsExactly(
                        new AuthorizedPeer(ADA, "laptop # old"),
                        new AuthorizedPeer(BOB, ""),
                        new AuthorizedPeer(EVE, "x"));
        assertThat(file.load().ids()).containsExactlyInAnyOrder(ADA, BOB, EVE);
    }

    @Test
    void aKeyInACommentAuthorizesNobody() throws IOException {
        Files.writeString(path, "# " + ADA + "\n" + BOB + " # " + EVE + "\n");

        AuthorizedKeys keys = file.load();

        assertThat(keys.contains(ADA)).isFalse();
        assertThat(keys.contains(EVE)).isFalse();
        assertThat(keys.contains(BOB)).isTrue();
    }

    @Test
    void readsWindowsLineEndsAndAByteOrderMark() throws IOException {
        Files.writeString(path, "\uFEFF" + ADA + "\r\n\r\n" + BOB + " # Köln\r\n");

        assertThat(file.load().peers()).containsExactly(new AuthorizedPeer(ADA, ""), new AuthorizedPeer(BOB, "Köln"));
    }

    @Test
    void countsADuplicateOnce() throws IOException {
        Files.writeString(path, ADA + " # first\n" + ADA + " # second\n");

        assertThat(file.load().peers()).containsExactly(new AuthorizedPeer(ADA, "first"));
    }

    @Test
    void oneBadLineFailsTheGateAndIsNamed() throws IOException {
        Files.writeString(path, ADA + "\n\n" + BOB + " admin\n");

        assertThatThrownBy(() -> file.load())
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith(path + ":3: invalid peer ID at line 3: \"" + BOB + " admin\" (error: ")
                .hasMessageEndingWith("); correct the line or put # before it");
    }

    @Test
    void aTruncatedIdFailsTheGate() throws IOException {
        String id = ADA.toString();
        for (int length = 1; length < id.length(); length++) {
            Files.writeString(path, id.substring(0, length));
            assertThatThrownBy(() -> file.load()).isInstanceOf(FileProblem.class);
        }
    }

    @Test
    void anEmptyFileAuthorizesNobodyAndAnAbsentOneFailsTheGate() throws IOException {
        assertThatThrownBy(() -> file.load())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining(path + " does not exist");

        Files.writeString(path, "");
        assertThat(file.load().size()).isZero();

        Files.writeString(path, AuthorizedKeysFile.TEMPLATE);
        assertThat(file.load().size()).isZero();
    }

    @Test
    void aFileThatAnybodyMayWriteFailsTheGate() throws IOException {
        Files.writeString(path, ADA + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> file.load())
                .isInstanceOf(FileProblem.class)
                .hasMessageEndingWith("fix with: chmod 600 " + path);
    }

    @Test
    void aFileOfTenMegabytesIsNotRead() throws IOException {
        Files.write(path, new byte[10 << 20]);

        assertThatThrownBy(() -> file.load()).isInstanceOf(FileProblem.class).hasMessageContaining("longer than");
    }

    @Test
    void moreThanTenThousandPeersAreRefused() throws IOException {
        Files.writeString(path, (ADA + "\n").repeat(AuthorizedKeysFile.MAX_PEERS + 1));

        assertThatThrownBy(() -> file.load()).isInstanceOf(FileProblem.class).hasMessageContaining("more than 10000");
        assertThatThrownBy(() -> file.add(BOB, ""))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("is full");
    }

    @Test
    void aReportNamesTheBadAndShowsTheGood() throws IOException {
        Files.writeString(path, "nonsense\n" + ADA + "\n\u001B[31m\n");

        AuthorizedKeysReport report = file.report();

        assertThat(report.peers()).containsExactly(new AuthorizedPeer(ADA, ""));
        assertThat(report.badLines()).extracting(BadLine::number).containsExactly(1, 3);
        assertThat(report.badLines()).extracting(BadLine::text).containsExactly("nonsense", " [31m");
        assertThat(AuthorizedKeysFile.at(directory.resolve("none")).report().peers())
                .isEmpty();
    }

    @Test
    void addsToAnAbsentFile() throws IOException {
        assertThat(file.add(ADA, "laptop")).isTrue();

        assertThat(path).hasContent(ADA + "  # laptop\n");
        assertThat(FileMode.of(path)).contains(FileMode.OWNER_ONLY);
    }

    @Test
    void isNeverGluedToALineWithoutAnEnd() throws IOException {
        Files.writeString(path, "# mine\n" + ADA + "  # laptop");

        assertThat(file.add(BOB, "")).isTrue();

        assertThat(Files.readString(path)).isEqualTo("# mine\n" + ADA + "  # laptop\n" + BOB + "\n");
    }

    @Test
    void addsAPeerOnce() throws IOException {
        Files.writeString(path, ADA + "\n");

        assertThat(file.add(ADA, "again")).isFalse();

        assertThat(path).hasContent(ADA + "\n");
    }

    @Test
    void aCommentCannotSmuggleInAnotherPeer() throws IOException {
        file.add(ADA, "x\n" + EVE + "\r\u0000\u2028" + EVE);

        assertThat(file.load().ids()).containsExactly(ADA);
        assertThat(Files.readAllLines(path)).hasSize(1);
    }

    @Test
    void removalKeepsEveryOtherByte() throws IOException {
        String before = "\uFEFF# Köln\r\n\n  junk that nobody understands\n";
        byte[] latin1 = "# M\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.writeString(path, before);
        append(latin1);
        append((ADA + " # a\n" + BOB + "\n\t" + ADA + "\r\n# end").getBytes(StandardCharsets.UTF_8));

        assertThat(file.remove(ADA)).isTrue();

        byte[] expected = Files.readAllBytes(path);
        Files.writeString(path, before);
        append(latin1);
        append((BOB + "\n# end").getBytes(StandardCharsets.UTF_8));
        assertThat(path).hasBinaryContent(expected);
        assertThat(file.remove(EVE)).isFalse();
    }

    @Test
    void removesTheFirstLineBehindAByteOrderMark() throws IOException {
        Files.writeString(path, "\uFEFF" + ADA + "\n" + BOB + "\n");

        assertThat(file.remove(ADA)).isTrue();

        assertThat(file.load().ids()).containsExactly(BOB);
    }

    @Test
    void aFullDiskLosesNobody() throws IOException {
        Files.writeString(path, ADA + "\n");
        for (int bytes = 0; bytes < (ADA + "\n" + BOB + "\n").length(); bytes++) {
            AuthorizedKeysFile onFullDisk = new AuthorizedKeysFile(path, FailingDisk.fullAfterBytes(bytes));

            assertThatThrownBy(() -> onFullDisk.add(BOB, ""))
                    .isInstanceOf(FileProblem.class)
                    .hasMessageContaining("the disk is full");

            assertThat(path).hasContent(ADA + "\n");
        }
    }

    @Test
    void peersThatAreAddedAtTheSameTimeAreAllKept() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> additions = IntStream.range(0, 30)
                    .<Callable<Boolean>>mapToObj(each -> () -> file.add(Peers.numbered(each), ""))
                    .toList();
            threads.invokeAll(additions);
        }

        assertThat(file.load().size()).isEqualTo(30);
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(path, bytes, StandardOpenOption.APPEND);
    }
}
