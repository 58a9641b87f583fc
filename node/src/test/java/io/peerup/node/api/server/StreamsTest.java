package io.peerup.node.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.node.api.FakeDaemon;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import io.peerup.node.api.RawClient;
import io.peerup.node.api.RunningApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that go on, as a foreign client sees them. */
@Timeout(60)
class StreamsTest {
    private static final String ATTACH =
            "{\"peer\":\"home\",\"service\":\"web\",\"listen\":\"127.0.0.1:0\",\"attach\":true}";

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
    void anAttachedProxyTellsWhatHappensAtIt() throws Exception {
        try (RawClient client = attach()) {
            ProxyListener listener = api.daemon.attached.take();
            listener.event(new ProxyEvent("opened", "a connection from\n127.0.0.1:5000"));
            listener.event(new ProxyEvent("ended", "after 3 s"));
            client.readUntil("after 3 s");
            api.daemon.disconnect("proxy-1");

            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n")
                    .contains("{\"data\":{\"id\":\"proxy-1\",\"listen_address\":\"127.0.0.1:41275\"}}\n\r\n")
                    .contains("{\"event\":\"opened\",\"line\":\"a connection from 127.0.0.1:5000\"}\n\r\n")
                    .endsWith("{\"event\":\"ended\",\"line\":\"after 3 s\"}\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void theProxyEndsWithItsClient() throws Exception {
        RawClient client = attach();
        assertThat(api.daemon.proxies()).hasSize(1);

        client.close();

        assertThat(api.daemon.journal.take()).isEqualTo("proxy-1 closed");
        assertThat(api.daemon.proxies()).isEmpty();
    }

    @Test
    void eventsAfterTheEndGoNowhere() throws Exception {
        try (RawClient client = attach()) {
            ProxyListener listener = api.daemon.attached.take();
            api.daemon.disconnect("proxy-1");
            client.readAll();
            listener.event(new ProxyEvent("late", "too late"));
            assertThat(client.readAll()).doesNotContain("too late");
        }
    }

    @Test
    void aClientThatDoesNotReadMissesEventsAndIsToldHowMany() throws Exception {
        int events = 10_000;
        try (RawClient client = attach()) {
            ProxyListener listener = api.daemon.attached.take();
            for (int i = 0; i < events; i++) {
                listener.event(new ProxyEvent("opened", "x".repeat(400)));
            }
            api.daemon.disconnect("proxy-1");

            String received = client.readAll();
            Matcher missed = Pattern.compile("\"missed\",\"line\":\"(\\d+) events were missed here\"")
                    .matcher(received);
            int told = 0;
            while (missed.find()) {
                told += Integer.parseInt(missed.group(1));
            }
            assertThat(told).isPositive();
            assertThat(received.split("\"event\":\"opened\"", -1)).hasSize(events - told + 1);
        }
    }

    @Test
    void whatCannotBeOpenedIsAnOrdinaryRefusal() throws IOException {
        assertThat(api.answerTo("POST", "/v1/connect", ATTACH.replace("home", "away")))
                .startsWith("HTTP/1.1 502 ")
                .endsWith("{\"error\":\"cannot reach peer \\\"away\\\": no addresses\"}\n");
        assertThat(api.answerTo("POST", "/v1/ping", "{\"peer\":\"nope\",\"stream\":true}"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void sixtyFourStreamsAreEnough() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            clients.add(attach());
        }
        assertThat(api.answerTo("POST", "/v1/connect", ATTACH))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("{\"error\":\"there are 64 open streams already; close one first\"}\n");
        assertThat(api.bodyOf("GET", "/v1/services", "")).contains("web");

        for (RawClient client : clients) {
            client.close();
            api.daemon.journal.take();
        }
        String pinged = api.bodyOf("POST", "/v1/ping", "{\"peer\":\"home\",\"count\":1,\"stream\":true}");
        assertThat(pinged).contains("\"sent\":1");
    }

    @Test
    void pingsAreToldAsTheyComeAndThenCounted() throws IOException {
        assertThat(api.bodyOf("POST", "/v1/ping", "{\"peer\":\"home\",\"count\":2,\"stream\":true}"))
                .matches("(?s)\\w+\r\n\\{\"seq\":1,\"peer_id\":\"" + FakeDaemon.HOME
                        + "\",\"rtt_ms\":1.43,\"path\":\"DIRECT\",\"error\":\"\"}\n\r\n"
                        + "\\w+\r\n\\{\"seq\":2,.*}\n\r\n"
                        + "\\w+\r\n\\{\"sent\":2,\"received\":2,\"lost\":0,\"loss_pct\":0,.*}\n\r\n0\r\n\r\n");
    }

    @Test
    void pingingEndsWithItsClient() throws Exception {
        try (RawClient client = api.raw()) {
            client.send(api.request("POST", "/v1/ping", "{\"peer\":\"home\",\"stream\":true}"));
            client.readUntil("\"seq\":3");
        }
        assertThat(api.daemon.journal.take()).isEqualTo("ping given up");
    }

    @Test
    void aServerThatStopsTellsThoseWhoListenAndClosesTheirProxies() throws Exception {
        try (RawClient attached = attach();
                RawClient idle = api.raw()) {
            api.close();
            api.close();

            assertThat(attached.readAll()).endsWith("{\"error\":\"the daemon is stopping\"}\n\r\n0\r\n\r\n");
            assertThat(idle.readAll()).isEmpty();
            assertThat(api.daemon.journal.take()).isEqualTo("proxy-1 closed");
            assertThat(api.files.socket()).doesNotExist();
            assertThat(api.files.cookie()).doesNotExist();
        }
    }

    private RawClient attach() throws IOException {
        RawClient client = api.raw();
        client.send(api.request("POST", "/v1/connect", ATTACH));
        client.readUntil("listen_address");
        return client;
    }
}
