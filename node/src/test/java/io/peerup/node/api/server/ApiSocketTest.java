package io.peerup.node.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.node.api.ApiFiles;
import io.peerup.node.api.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiSocketTest {
    @TempDir
    Path directory;

    private ApiFiles files;

    @BeforeEach
    void name() {
        files = new ApiFiles(directory);
    }

    @Test
    void aClaimLeavesASocketAndACookieForTheOwnerOnly() throws IOException {
        try (ApiSocket socket = ApiSocket.claim(directory)) {
            assertThat(socket.path()).isEqualTo(directory.resolve("peerup.sock"));
            assertThat(FileMode.of(files.socket())).hasValue(new FileMode(0600));
            assertThat(FileMode.of(files.cookie())).hasValue(new FileMode(0600));
            assertThat(files.cookie()).hasFileName(".daemon-cookie").content().matches("[0-9a-f]{64}");
            assertThat(names()).containsExactlyInAnyOrder("peerup.sock", ".daemon-cookie", ".peerup.sock.lock");
        }
    }

    @Test
    void everyClaimHasItsOwnCookie() throws IOException {
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (ApiSocket socket = ApiSocket.claim(directory)) {
                cookies.add(socket.cookie().hex());
            }
        }
        assertThat(cookies).doesNotHaveDuplicates();
    }

    @Test
    void closingRemovesBothFiles() throws IOException {
        ApiSocket socket = ApiSocket.claim(directory);

        socket.close();
        socket.close();

        assertThat(names()).containsExactly(".peerup.sock.lock");
    }

    @Test
    void aSecondDaemonIsToldThatOneRunsAndChangesNothing() throws IOException {
        try (ApiSocket first = ApiSocket.claim(directory)) {
            assertThatThrownBy(() -> ApiSocket.claim(directory))
                    .isInstanceOf(FileProblem.class)
                    .hasMessage("daemon already running: socket " + files.socket() + " is already in use;"
                            + " stop it with: peerup daemon stop");
            assertThat(files.cookie()).hasContent(first.cookie().hex());
        }
    }

    @Test
    void aDaemonThatDoesNotServeYetCountsAsRunningHoweverManyWaitForIt() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ApiSocket first = ApiSocket.claim(directory)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                            waiting.add(client);
                            client.configureBlocking(false);
                            client.connect(UnixDomainSocketAddress.of(first.path()));
                        }
                    })
                    .as("no more can wait")
                    .isInstanceOf(SocketException.class);

            assertThatThrownBy(() -> ApiSocket.claim(directory)).hasMessageContaining("already running");
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    @Test
    void ofManyThatStartAtOnceExactlyOneWins() throws Exception {
        int daemons = 8;
        for (int round = 0; round < 20; round++) {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<ApiSocket>> claims = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<ApiSocket> claim = () -> {
                    go.await();
                    return ApiSocket.claim(directory);
                };
                for (int i = 0; i < daemons; i++) {
                    claims.add(threads.submit(claim));
                }
                go.countDown();
            }
            List<ApiSocket> winners = claims.stream()
                    .filter(claim -> claim.state() == Future.State.SUCCESS)
                    .map(Future::resultNow)
                    .toList();
            assertThat(winners).hasSize(1);
            assertThat(files.cookie()).hasContent(winners.getFirst().cookie().hex());
            winners.getFirst().close();
        }
    }

    @Test
    void whatAKilledDaemonLeftIsReplaced() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(files.socket()));
        }
        Files.writeString(files.cookie(), "old");

        try (ApiSocket socket = ApiSocket.claim(directory);
                RawClient client = RawClient.to(files.socket())) {
            assertThat(socket.channel().accept()).isNotNull();
            assertThat(files.cookie()).hasContent(socket.cookie().hex());
        }
    }

    @Test
    void aPlainFileInItsPlaceIsReplacedToo() throws IOException {
        Files.writeString(files.socket(), "no socket");

        try (ApiSocket socket = ApiSocket.claim(directory);
                RawClient client = RawClient.to(files.socket())) {
            assertThat(socket.channel().accept()).isNotNull();
        }
    }

    @Test
    void aDirectoryInItsPlaceIsOneLineAndLeavesNothing() throws IOException {
        Files.createDirectories(files.socket().resolve("full"));

        assertThatThrownBy(() -> ApiSocket.claim(directory))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining(files.socket().toString());
        assertThat(names()).containsExactlyInAnyOrder("peerup.sock", ".peerup.sock.lock");
    }

    @Test
    void aDaemonThatWasReplacedLeavesTheFilesOfTheOtherAlone() throws IOException {
        ApiSocket replaced = ApiSocket.claim(directory);
        Files.delete(files.socket());
        try (ApiSocket other = ApiSocket.claim(directory)) {
            replaced.close();

            assertThat(files.cookie()).hasContent(other.cookie().hex());
            assertThat(files.socket()).exists();
        }
        assertThat(names()).containsExactly(".peerup.sock.lock");
    }

    @Test
    void aDirectoryThatIsNotThereIsOneLine() {
        assertThatThrownBy(() -> ApiSocket.claim(directory.resolve("no")))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("peerup.sock")
                .hasMessageContaining("no such file or directory");
    }

    @Test
    void aPathMayBeAsLongAsTheSystemAllows() throws IOException {
        int name = SocketPlace.MAX_PATH_BYTES - directory.toString().length() - "//peerup.sock".length();
        Path longest = Files.createDirectory(directory.resolve("d".repeat(name)));
        try (ApiSocket socket = ApiSocket.claim(longest);
                RawClient client = RawClient.to(socket.path())) {
            assertThat(socket.path().toString()).hasSize(SocketPlace.MAX_PATH_BYTES);
            assertThat(socket.channel().accept()).isNotNull();
        }

        Path tooLong = Files.createDirectory(directory.resolve("d".repeat(name + 1)));
        assertThatThrownBy(() -> ApiSocket.claim(tooLong))
                .isInstanceOf(FileProblem.class)
                .hasMessage(tooLong.resolve("peerup.sock") + ": a path of " + (SocketPlace.MAX_PATH_BYTES + 1)
                        + " bytes is too long for a unix socket, at most " + SocketPlace.MAX_PATH_BYTES
                        + "; move the configuration to a shorter directory");
        assertThat(tooLong).isEmptyDirectory();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
