package io.peerup.node.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.node.api.ApiFiles;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.PingRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client and whatever may listen on that socket. */
@Timeout(60)
class StrangeDaemonTest {
    @TempDir
    Path directory;

    private ServerSocketChannel listener;
    private Thread serving;
    private volatile String answer = "";

    @BeforeEach
    void listen() throws IOException {
        ApiFiles files = new ApiFiles(directory);
        Files.writeString(files.cookie(), "0".repeat(64));
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(files.socket()));
        serving = Thread.startVirtualThread(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void theOriginalsNullsAreEmptyLists() throws Exception {
        says("{\"data\":{\"peer_id\":\"x\",\"version\":\"v\",\"uptime_seconds\":5,\"connected_peers\":0,"
                + "\"listen_addresses\":null,\"relay_addresses\":null,\"services_count\":0}}\n");
        assertThat(client().status().listenAddresses()).isEmpty();
        assertThat(client().status().relays()).isEmpty();
        says("{\"data\":null}");
        assertThat(client().services()).isEmpty();
    }

    @Test
    void chunksOfAnySizeAreOneBody() throws Exception {
        String chunks = "1\r\n{\r\n3;ext=1\r\n\"da\r\nA\r\nta\":[],\"x\"\r\n04\r\n:1}\n\r\n0\r\n\r\n";
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
        assertThat(client().services()).isEmpty();
    }

    @Test
    void whatIsNoHttpIsOneLine() throws Exception {
        answer = "220 mail.example ready\r\n";
        assertSaysNothingUseful("its answer is no HTTP");
        answer = "HTTP/1.1 200 OK\r\n\r\n{\"data\":[]}";
        assertSaysNothingUseful("its answer is no HTTP");
        answer = "HTTP/1.1 4294967496 OK\r\nContent-Length: 11\r\n\r\n{\"data\":[]}";
        assertSaysNothingUseful("its answer is no HTTP");
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
        assertSaysNothingUseful("its answer is no HTTP");
        answer = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000);
        assertSaysNothingUseful("its answer is no HTTP");
        answer = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000);
        assertSaysNothingUseful("its answer is no HTTP");
    }

    @Test
    void soIsAnAnswerThatBreaksOff() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":";
        assertSaysNothingUseful("it broke off");
        answer = "HTTP/1.1 200 OK\r\nContent-Le";
        assertSaysNothingUseful("it broke off");
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"seq";
        DaemonClient client = client();
        assertThatThrownBy(() -> client.ping(new PingRequest("home", 1, 1), result -> {}))
                .hasMessageEndingWith("it broke off");
    }

    @Test
    void anAnswerWithoutEndIsNotKept() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + " ".repeat(17 * 1024 * 1024);
        assertSaysNothingUseful("its answer is too long");
    }

    @Test
    void valuesOfAnotherKindAreOneLine() throws Exception {
        for (String body : new String[] {
            "{\"data\":{}}", "{\"data\":[1]}", "[]", "", "{\"data\":[null]}", "{\"data\":[{\"enabled\":[]}]}"
        }) {
            says(body);
            DaemonClient client = client();
            assertThatThrownBy(client::services)
                    .as(body)
                    .isInstanceOf(ApiProblem.class)
                    .hasMessageContaining("makes no sense");
        }
    }

    @Test
    void anErrorWithoutTextIsItsNumber() throws Exception {
        answer = "HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\nhm\n";
        DaemonClient client = client();
        assertThatThrownBy(client::services).hasMessage("daemon returned HTTP 418");
    }

    @Test
    void anErrorOfManyLinesIsOneLine() throws Exception {
        answer = "HTTP/1.1 500 X\r\nContent-Length: 22\r\n\r\n{\"error\":\"a\\nb\\u001b\"}";
        DaemonClient client = client();
        assertThatThrownBy(client::services).hasMessage("a b ");
    }

    @Test
    void aSocketThatNobodyListensOnIsNoDaemon() throws Exception {
        listener.close();
        serving.join();
        assertThat(DaemonClient.connect(directory)).isEmpty();
        Files.delete(new ApiFiles(directory).socket());
        assertThat(DaemonClient.connect(directory)).isEmpty();
        assertThat(DaemonClient.connect(directory.resolve("nowhere"))).isEmpty();
        assertThat(DaemonClient.connect(directory.resolve("x".repeat(200)))).isEmpty();
    }

    private void assertSaysNothingUseful(String why) throws ApiProblem {
        DaemonClient client = client();
        assertThatThrownBy(client::services).isInstanceOfSatisfying(ApiProblem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(problem.line())
                    .isEqualTo("the daemon at " + new ApiFiles(directory).socket() + " does not answer: " + why);
        });
    }

    private DaemonClient client() throws ApiProblem {
        return DaemonClient.connect(directory).orElseThrow();
    }

    private void says(String body) {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                try (client) {
                    if (client.read(ByteBuffer.allocate(4096)) > 0) {
                        ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
                        while (bytes.hasRemaining()) {
                            client.write(bytes);
                        }
                    }
                } catch (IOException gone) {
                    // the next one
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
