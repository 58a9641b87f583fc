package io.peerup.node.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.node.api.RawClient;
import io.peerup.node.api.RunningApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a client sends, it gets one clear answer or none, and an honest client is served meanwhile and after. */
@Timeout(60)
class HostileClientsTest {
    private static final String UNAUTHORIZED = "{\"error\":\"unauthorized: invalid or missing auth token\"}\n";

    @TempDir
    Path directory;

    private RunningApi api;
    private RawClient hostile;

    @BeforeEach
    void start() throws IOException {
        api = RunningApi.in(directory);
        hostile = api.raw();
    }

    @AfterEach
    void theHonestClientIsServed() throws Exception {
        assertThat(api.client().status()).isEqualTo(api.daemon.status);
        hostile.close();
        assertThat(api.client().services()).isEqualTo(api.daemon.services);
        api.close();
    }

    @Test
    void withoutACookieNobodyIsServedWhateverThePath() throws IOException {
        hostile.send("GET /v1/nope HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(hostile.readAll())
                .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                .endsWith("\r\n\r\n" + UNAUTHORIZED);
    }

    @Test
    void norWithAWrongOne() throws IOException {
        hostile.send("POST /v1/shutdown HTTP/1.1\r\nAuthorization: Bearer " + "0".repeat(64) + "\r\n\r\n");
        assertThat(hostile.readAll()).startsWith("HTTP/1.1 401 ").endsWith(UNAUTHORIZED);
        assertThat(api.daemon.journal).isEmpty();
    }

    @Test
    void aBodyWithoutACookieIsNotWaitedFor() throws IOException {
        hostile.send("POST /v1/ping HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
        assertThat(hostile.readAll()).startsWith("HTTP/1.1 401 ").endsWith(UNAUTHORIZED);
    }

    @Test
    void oneMebibyteIsReadAndOneByteMoreIsNot() throws IOException {
        int limit = 1024 * 1024;
        String request = "{\"peer\":\"home\",\"count\":1}";
        String padded = request + " ".repeat(limit - request.length());
        assertThat(api.answerTo("POST", "/v1/ping", padded)).startsWith("HTTP/1.1 200 ");

        hostile.send(
                "POST /v1/ping HTTP/1.1\r\n" + api.authorization() + "Content-Length: " + (limit + 1) + "\r\n\r\n");
        assertThat(hostile.readAll())
                .startsWith("HTTP/1.1 400 ")
                .endsWith("{\"error\":\"invalid request body: longer than 1048576 bytes\"}\n");
    }

    @Test
    void aBodyInEndlessChunksEndsAtTheSameLimit() throws IOException {
        hostile.send("POST /v1/ping HTTP/1.1\r\n" + api.authorization() + "Transfer-Encoding: chunked\r\n\r\n");
        assertThat(hostile.flood(100, "10000\r\n" + "x".repeat(0x10000) + "\r\n"))
                .isFalse();
        assertThat(hostile.readAll()).startsWith("HTTP/1.1 400 ").contains("longer than");
    }

    @Test
    void deepNestingIsNoBodyAndNoStackOverflow() throws IOException {
        assertThat(api.answerTo("POST", "/v1/ping", "[".repeat(1_000_000)))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("{\"error\":\"invalid request body\"}\n");
        assertThat(api.answerTo("POST", "/v1/ping", "{\"peer\":" + "{\"a\":".repeat(100_000)))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void headersThatDoNotEndAreCutOff() throws IOException {
        hostile.send("GET / HTTP/1.1\r\n");
        assertThat(hostile.flood(10_000, "X-More: " + "x".repeat(1000) + "\r\n"))
                .isFalse();
        assertThat(hostile.readAll()).startsWith("HTTP/1.1 400 ").contains("headers are too long");
    }

    @Test
    void soIsARequestLineThatDoesNotEnd() throws IOException {
        hostile.send("GET /" + "x".repeat(5000));
        assertThat(hostile.readAll()).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whatIsNoHttpIsToldSo() throws IOException {
        hostile.send("\u0016\u0003\u0001 garbage\r\n\r\n");
        assertThat(hostile.readAll()).startsWith("HTTP/1.1 400 ").contains("this is no HTTP request");
    }

    @Test
    void anHonestRequestWithGarbageBehindItCostsOnlyTheConnection() throws IOException {
        hostile.send("GET /v1/services HTTP/1.1\r\n" + api.authorization() + "\r\n\u0001\u0002\u0003\r\n\r\n");
        assertThat(hostile.readAll()).contains("HTTP/1.1 400 ");
    }

    @Test
    void fewPipelinedRequestsAreAnsweredInOrder() throws IOException {
        String last = api.request("GET", "/v1/services?format=text", "");
        String first = last.replace("Connection: close\r\n", "").replace("services", "status");
        hostile.send(first + first + first + last);
        assertThat(hostile.readAll()).containsPattern("(?s)(peer_id: .*){3}web\t127");
    }

    @Test
    void manyPipelinedRequestsAreCutOff() throws IOException {
        String request = api.request("GET", "/v1/status", "").replace("Connection: close\r\n", "");
        assertThat(hostile.flood(1000, request.repeat(100))).isFalse();
    }

    @Test
    void nothingMayFollowIntoAStream() throws IOException {
        String stream = "{\"peer\":\"home\",\"stream\":true}";
        hostile.send(api.request("POST", "/v1/ping", stream));
        hostile.readUntil("\"seq\":3");

        hostile.send(api.request("GET", "/v1/status", ""));

        assertThat(hostile.readAll()).doesNotContain("uptime");
        assertThat(take()).isEqualTo("ping given up");
    }

    @Test
    void anOldClientIsAnsweredAndHungUpOn() throws IOException {
        hostile.send("GET /v1/services HTTP/1.0\r\nConnection: keep-alive\r\n" + api.authorization() + "\r\n");
        assertThat(hostile.readAll())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nconnection: close\r\n")
                .endsWith("\"enabled\":true}]}\n");
    }

    @Test
    void anOldClientGetsAStreamWithoutChunks() throws IOException {
        String body = "{\"peer\":\"home\",\"count\":1,\"stream\":true}";
        hostile.send("POST /v1/ping HTTP/1.0\r\n" + api.authorization() + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);
        assertThat(hostile.readAll())
                .doesNotContain("chunked")
                .contains("\r\n\r\n{\"seq\":1,")
                .endsWith("\"max_ms\":1.43}\n");
    }

    @Test
    void halfARequestAndGoneLeavesNothing() throws IOException {
        hostile.send("POST /v1/ping HTTP/1.1\r\n" + api.authorization() + "Content-Length: 1000\r\n\r\n{\"peer\"");
        hostile.close();
        assertThat(api.daemon.journal).isEmpty();
    }

    @Test
    void fiveHundredIdleConnectionsKeepNobodyOut() throws IOException {
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                RawClient client = api.raw();
                client.send("GET /v1/status HTTP/1.1\r\nX-Slow: ");
                idle.add(client);
            }
            assertThat(api.bodyOf("GET", "/v1/services", "")).contains("web");
            assertThat(idle.getFirst().readAll()).isEmpty();
            assertThat(idle.get(200).readAll()).isEmpty();
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }

    private String take() {
        try {
            return api.daemon.journal.take();
        } catch (InterruptedException tooLong) {
            throw new AssertionError(tooLong);
        }
    }
}
