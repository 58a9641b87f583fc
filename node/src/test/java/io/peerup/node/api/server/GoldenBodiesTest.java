package io.peerup.node.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.FakeDaemon;
import io.peerup.node.api.PeerEntry;
import io.peerup.node.api.RunningApi;
import io.peerup.node.api.ServiceEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The original's bodies, byte by byte, as it was seen to send them. */
@Timeout(60)
class GoldenBodiesTest {
    @TempDir
    Path directory;

    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = RunningApi.in(directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void statusBeginsWithTheOriginalsFields() throws IOException {
        assertThat(api.bodyOf("GET", "/v1/status", ""))
                .startsWith("{\"data\":{\"peer_id\":\"" + FakeDaemon.HOME + "\",\"version\":\"0.1.0-h\","
                        + "\"uptime_seconds\":5,\"connected_peers\":1,"
                        + "\"listen_addresses\":[\"/ip4/127.0.0.1/tcp/43629\",\"/ip4/192.168.71.2/udp/40860/quic-v1\"],"
                        + "\"relay_addresses\":[\"/ip4/11.0.0.10/tcp/7777/p2p/" + FakeDaemon.RELAY
                        + "/p2p-circuit\"],\"services_count\":3,")
                .endsWith("\"config_file\":\"/home/u/.config/peerup/config.yaml\","
                        + "\"relays\":[{\"peer\":\"" + FakeDaemon.RELAY + "\",\"address\":\"/ip4/11.0.0.10/tcp/7777\","
                        + "\"state\":\"reserved until 12:00\",\"reserved\":true}],"
                        + "\"connections\":[{\"peer\":\"" + FakeDaemon.RELAY
                        + "\",\"name\":\"relay\",\"path\":\"DIRECT\","
                        + "\"address\":\"/ip4/11.0.0.10/tcp/7777\",\"direction\":\"outbound\",\"limited\":false,"
                        + "\"rtt_ms\":1.5,\"open_seconds\":61}]}}\n");
    }

    @Test
    void statusAsText() throws IOException {
        assertThat(api.bodyOf("GET", "/v1/status?format=text", ""))
                .isEqualTo("""
                        peer_id: %s
                        version: 0.1.0-h
                        uptime: 5s
                        connected_peers: 1
                        services: 3
                        listen_addresses: 2
                          /ip4/127.0.0.1/tcp/43629
                          /ip4/192.168.71.2/udp/40860/quic-v1
                        relay_addresses: 1
                          /ip4/11.0.0.10/tcp/7777/p2p/%s/p2p-circuit
                        """.formatted(FakeDaemon.HOME, FakeDaemon.RELAY));
    }

    @Test
    void services() throws IOException {
        assertThat(api.bodyOf("GET", "/v1/services", ""))
                .isEqualTo("{\"data\":[{\"name\":\"web\",\"protocol\":\"/peerup/web/1.0.0\","
                        + "\"local_address\":\"127.0.0.1:8080\",\"enabled\":true}]}\n");
        api.daemon.services = List.of(
                api.daemon.services.getFirst(), new ServiceEntry("ssh", "/peerup/ssh/1.0.0", "10.0.0.2:22", false));
        assertThat(api.bodyOf("GET", "/v1/services", "", "Accept: text/plain")).isEqualTo("""
                        web\t127.0.0.1:8080\t/peerup/web/1.0.0\tenabled
                        ssh\t10.0.0.2:22\t/peerup/ssh/1.0.0\tdisabled
                        """);
    }

    @Test
    void peersAreOursUnlessAllAreWanted() throws IOException {
        String relay = "{\"id\":\"" + FakeDaemon.RELAY
                + "\",\"addresses\":[\"/ip4/11.0.0.10/tcp/7777\"],\"agent_version\":\"relay-server/0.1.0-h\"}";
        assertThat(api.bodyOf("GET", "/v1/peers", "")).isEqualTo("{\"data\":[" + relay + "]}\n");
        assertThat(api.bodyOf("GET", "/v1/peers?all=true", ""))
                .isEqualTo("{\"data\":[" + relay + ",{\"id\":\"" + FakeDaemon.HOME + "\",\"addresses\":[]}]}\n");
        assertThat(api.bodyOf("GET", "/v1/peers?all=true&format=text", "")).isEqualTo("""
                        12D3KooWCd3eX8r5...\trelay-server/0.1.0-h\t1 addrs
                        12D3KooWA4Xop1Ja...\tunknown\t0 addrs
                        """);
    }

    @Test
    void emptyListsAreNotNull() throws IOException {
        api.daemon.peers = List.of(new PeerEntry(FakeDaemon.HOME, List.of(), null));
        api.daemon.services = List.of();
        api.daemon.status = new DaemonStatus("id", "v", 0, 0, List.of(), List.of(), 0, null, List.of(), List.of());

        assertThat(api.bodyOf("GET", "/v1/services", "")).isEqualTo("{\"data\":[]}\n");
        assertThat(api.bodyOf("GET", "/v1/services?format=text", "")).isEmpty();
        assertThat(api.bodyOf("GET", "/v1/connect", "")).isEqualTo("{\"data\":[]}\n");
        assertThat(api.bodyOf("GET", "/v1/peers", "")).contains("\"addresses\":[]");
        assertThat(api.bodyOf("GET", "/v1/status", ""))
                .contains("\"listen_addresses\":[],\"relay_addresses\":[],\"services_count\":0")
                .contains("\"relays\":[],\"connections\":[]");
    }

    @Test
    void ping() throws IOException {
        assertThat(api.bodyOf("POST", "/v1/ping", "{\"peer\":\"home\",\"count\":3,\"interval_ms\":5}"))
                .isEqualTo("{\"data\":{\"results\":["
                        + result(1, "1.43", "DIRECT", "") + ","
                        + result(2, "0.831", "RELAYED", "") + ","
                        + result(3, "0", "", "no answer within 10 s") + "],"
                        + "\"stats\":{\"sent\":3,\"received\":2,\"lost\":1,\"loss_pct\":33.333333333333336,"
                        + "\"min_ms\":0.831,\"avg_ms\":1.1305,\"max_ms\":1.43}}}\n");
        assertThat(api.bodyOf("POST", "/v1/ping", "{\"peer\":\"home\",\"count\":2}"))
                .endsWith("\"stats\":{\"sent\":2,\"received\":2,\"lost\":0,\"loss_pct\":0,"
                        + "\"min_ms\":0.831,\"avg_ms\":1.1305,\"max_ms\":1.43}}}\n");
    }

    @Test
    void pingAsText() throws IOException {
        assertThat(api.bodyOf("POST", "/v1/ping?format=text", "{\"peer\":\"home\"}"))
                .isEqualTo("""
                        PING home (12D3KooWA4Xop1Ja...):
                        seq=1 rtt=1.4ms path=[DIRECT]
                        seq=2 rtt=0.8ms path=[RELAYED]
                        seq=3 error=no answer within 10 s
                        seq=4 rtt=1.4ms path=[DIRECT]
                        --- home ping statistics ---
                        4 sent, 3 received, 25% loss, rtt min/avg/max = 0.8/1.2/1.4 ms
                        """);
    }

    @Test
    void proxies() throws IOException {
        String connect = "{\"peer\":\"home\",\"service\":\"web\",\"listen\":\"127.0.0.1:0\",\"unknown\":[1]}";
        assertThat(api.bodyOf("POST", "/v1/connect", connect))
                .isEqualTo("{\"data\":{\"id\":\"proxy-1\",\"listen_address\":\"127.0.0.1:41275\"}}\n");
        assertThat(api.bodyOf("GET", "/v1/connect", ""))
                .isEqualTo("{\"data\":[{\"id\":\"proxy-1\",\"peer\":\"home\",\"service\":\"web\","
                        + "\"listen_address\":\"127.0.0.1:41275\",\"attached\":true,\"connections\":0}]}\n");
        assertThat(api.bodyOf("DELETE", "/v1/connect/proxy-1", ""))
                .isEqualTo("{\"data\":{\"status\":\"disconnected\"}}\n");
        assertThat(api.answerTo("DELETE", "/v1/connect/proxy-1", ""))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n{\"error\":\"proxy not found: proxy-1\"}\n");
    }

    @Test
    void shutdownIsAnsweredAndAskedForOnceHoweverOftenItIsCalled() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(api.bodyOf("POST", "/v1/shutdown", "")).isEqualTo("{\"data\":{\"status\":\"shutting down\"}}\n");
        }
        assertThat(api.daemon.journal.take()).isEqualTo("shutdown");
        api.close();
        assertThat(api.daemon.journal).isEmpty();
    }

    @Test
    void problemsAreJsonWithTheirStatus() throws IOException {
        assertRefused(400, "invalid request body", "POST", "/v1/ping", "{");
        assertRefused(400, "invalid request body", "POST", "/v1/ping", "");
        assertRefused(400, "invalid request body", "POST", "/v1/connect", "[]");
        assertRefused(400, "invalid request body: peer must be a text", "POST", "/v1/ping", "{\"peer\":1}");
        assertRefused(
                400,
                "invalid request body: count must be a whole number",
                "POST",
                "/v1/ping",
                "{\"peer\":\"home\",\"count\":1e99}");
        assertRefused(400, "peer is required", "POST", "/v1/ping", "{\"peer\":null}");
        assertRefused(400, "peer, service, and listen are required", "POST", "/v1/connect", "{\"peer\":\"home\"}");
        assertRefused(
                400,
                "count is at most 10000; set stream to get results as they come",
                "POST",
                "/v1/ping",
                "{\"peer\":\"home\",\"count\":10001}");
        assertRefused(
                400,
                "cannot resolve peer \\\"nope\\\": name not found: nope",
                "POST",
                "/v1/ping",
                "{\"peer\":\"nope\"}");
        assertRefused(
                502,
                "cannot reach peer \\\"away\\\": no addresses",
                "POST",
                "/v1/ping?format=text",
                "{\"peer\":\"away\"}");
        assertRefused(500, "internal error; the daemon's log says more", "POST", "/v1/ping", "{\"peer\":\"buggy\"}");
    }

    @Test
    void unknownPathsAndMethodsArePlainText() throws IOException {
        assertThat(api.answerTo("GET", "/v1/nope", ""))
                .startsWith("HTTP/1.1 404 Not Found\r\ncontent-type: text/plain; charset=utf-8\r\n")
                .endsWith("\r\n\r\n404 page not found\n");
        assertThat(api.answerTo("DELETE", "/v1/connect/", "")).startsWith("HTTP/1.1 404 ");
        assertThat(api.answerTo("DELETE", "/v1/connect/a/b", "")).startsWith("HTTP/1.1 404 ");
        assertThat(api.answerTo("DELETE", "/v1/connect", ""))
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\ncontent-type: text/plain; charset=utf-8\r\n")
                .contains("\r\nallow: GET, POST\r\n")
                .endsWith("\r\n\r\nMethod Not Allowed\n");
        assertThat(api.answerTo("GET", "/v1/%zz", "")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void contentTypesAreTheOriginals() throws IOException {
        assertThat(api.answerTo("GET", "/v1/status", "")).contains("\r\ncontent-type: application/json\r\n");
        assertThat(api.answerTo("GET", "/v1/status?format=text", "")).contains("\r\ncontent-type: text/plain\r\n");
    }

    private void assertRefused(int status, String error, String method, String target, String body) throws IOException {
        assertThat(api.answerTo(method, target, body))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\ncontent-type: application/json\r\n")
                .endsWith("\r\n\r\n{\"error\":\"" + error + "\"}\n");
    }

    private static String result(int seq, String rtt, String path, String error) {
        return "{\"seq\":" + seq + ",\"peer_id\":\"" + FakeDaemon.HOME + "\",\"rtt_ms\":" + rtt + ",\"path\":\"" + path
                + "\",\"error\":\"" + error + "\"}";
    }
}
