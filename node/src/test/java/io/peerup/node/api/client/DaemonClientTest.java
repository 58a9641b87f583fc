package io.peerup.node.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.FakeDaemon;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import io.peerup.node.api.Route;
import io.peerup.node.api.RunningApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client and our server. */
@Timeout(60)
class DaemonClientTest {
    private static final ConnectRequest CONNECT = new ConnectRequest("home", "web", "127.0.0.1:0");

    @TempDir
    Path directory;

    private RunningApi api;
    private DaemonClient client;

    @BeforeEach
    void start() throws Exception {
        api = RunningApi.in(directory);
        client = api.client();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Writes down what an attached proxy tells. */
    private static final class Told implements ProxyListener {
        final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

        @Override
        public void opened(OpenedProxy proxy) {
            queue.add(proxy);
        }

        @Override
        public void event(ProxyEvent event) {
            queue.add(event);
        }
    }

    @Test
    void whatTheDaemonSaysArrivesUnchanged() throws Exception {
        assertThat(client.status()).isEqualTo(api.daemon.status);
        assertThat(client.services()).isEqualTo(api.daemon.services);
        assertThat(client.peers(false)).isEqualTo(api.daemon.peers(false));
        assertThat(client.peers(true)).isEqualTo(api.daemon.peers(true));
        assertThat(client.connect(CONNECT)).isEqualTo(new OpenedProxy("proxy-1", "127.0.0.1:41275"));
        assertThat(client.proxies()).isEqualTo(api.daemon.proxies()).hasSize(1);
        client.disconnect("proxy-1");
        assertThat(client.proxies()).isEmpty();
        client.shutdown();
        client.shutdown();
        assertThat(api.daemon.journal.take()).isEqualTo("shutdown");
    }

    @Test
    void pingResultsComeOneByOne() throws Exception {
        List<PingResult> results = new ArrayList<>();

        PingStats stats = client.ping(new PingRequest("home", 3, 5), results::add);

        assertThat(results).extracting(PingResult::path).containsExactly(Route.DIRECT, Route.RELAYED, Route.NONE);
        assertThat(results).extracting(PingResult::rttMs).containsExactly(1.43, 0.831, 0.0);
        assertThat(stats).isEqualTo(new PingStats(3, 2, 1, 100.0 / 3, 0.831, 1.1305, 1.43));
    }

    @Test
    void whoeverInterruptsAPingEndsItAtTheDaemonToo() throws Exception {
        BlockingQueue<PingResult> results = new LinkedBlockingQueue<>();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread pinging = fails(end, () -> client.ping(new PingRequest("home", 0, 5), results::add));
        while (results.take().seq() < 3) {
            // an endless ping of the fake pauses after the third
        }

        pinging.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(api.daemon.journal.take()).isEqualTo("ping given up");
    }

    @Test
    void anAttachedProxyTellsWhatHappensUntilItIsClosed() throws Exception {
        Told told = new Told();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        fails(end, () -> client.attach(CONNECT, told));
        assertThat(told.queue.take()).isEqualTo(new OpenedProxy("proxy-1", "127.0.0.1:41275"));
        ProxyEvent event = new ProxyEvent("opened", "a connection, \"quoted\" <&>");
        api.daemon.attached.take().event(event);
        assertThat(told.queue.take()).isEqualTo(event);

        client.disconnect("proxy-1");

        assertThat(end.get()).isNull();
    }

    @Test
    void whoeverInterruptsAnAttachedProxyClosesIt() throws Exception {
        Told told = new Told();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread attached = fails(end, () -> client.attach(CONNECT, told));
        told.queue.take();

        attached.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(api.daemon.journal.take()).isEqualTo("proxy-1 closed");
    }

    @Test
    void aDaemonThatStopsSaysSoToThoseWhoListen() throws Exception {
        Told told = new Told();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        fails(end, () -> client.attach(CONNECT, told));
        told.queue.take();

        api.close();

        assertThat(end.get()).isInstanceOf(ApiProblem.class).hasMessage("the daemon is stopping");
        assertProblem(Kind.UNAVAILABLE, "daemon not running: " + api.files.socket(), () -> client.status());
        assertThat(DaemonClient.connect(directory)).isEmpty();
    }

    @Test
    void refusalsArePassedOn() {
        assertProblem(Kind.NOT_FOUND, "proxy not found: a b ü", () -> client.disconnect("a b ü"));
        assertProblem(
                Kind.INVALID,
                "cannot resolve peer \"nope\": name not found: nope",
                () -> client.ping(new PingRequest("nope", 1, 1), result -> {}));
        assertProblem(
                Kind.UNREACHABLE,
                "cannot reach peer \"away\": no addresses",
                () -> client.connect(new ConnectRequest("away", "web", "127.0.0.1:0")));
        assertProblem(
                Kind.INVALID,
                "peer, service, and listen are required",
                () -> client.attach(new ConnectRequest("", "", ""), new Told()));
    }

    @Test
    void aCookieThatIsNotTheDaemonsIsOneLine() throws IOException {
        Files.writeString(api.files.cookie(), "0".repeat(64));
        assertProblem(
                Kind.UNAUTHORIZED,
                "the daemon does not accept " + api.files.cookie() + ": unauthorized: invalid or missing auth token",
                () -> client.status());

        Files.writeString(api.files.cookie(), "two\nlines");
        String line = api.files.cookie() + ": holds no cookie, though a daemon is running; restart the daemon";
        assertProblem(Kind.UNAUTHORIZED, line, () -> client.status());
        Files.delete(api.files.cookie());
        assertProblem(Kind.UNAUTHORIZED, line, () -> DaemonClient.connect(directory));
    }

    @Test
    void aClientOutlivesTheDaemonItFirstTalkedTo() throws Exception {
        api.close();
        api = RunningApi.in(directory);
        assertThat(client.status().peerId()).isEqualTo(FakeDaemon.HOME);
    }

    @Test
    void aLongListArrivesWhole() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            addresses.add("/ip4/10.0.0.1/tcp/" + i);
        }
        api.daemon.peers = List.of(new io.peerup.node.api.PeerEntry(FakeDaemon.HOME, addresses, "ü"));
        assertThat(client.peers(false)).isEqualTo(api.daemon.peers);
    }

    private static void assertProblem(Kind kind, String line, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiProblem.class, problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.kind()).isEqualTo(kind);
        });
    }

    /** Runs a call on a thread of its own; tells how it ended, null for well. */
    private static Thread fails(CompletableFuture<Throwable> end, ThrowingCallable call) {
        return Thread.startVirtualThread(() -> {
            try {
                call.call();
                end.complete(null);
            } catch (Throwable failure) {
                end.complete(failure);
            }
        });
    }
}
