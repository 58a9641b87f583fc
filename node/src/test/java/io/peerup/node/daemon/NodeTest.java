package io.peerup.node.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.circuitrelay.RelayLimits;
import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.ConfigDirectories;
import io.peerup.host.config.NodeConfigFile;
import io.peerup.host.file.AtomicFile;
import io.peerup.host.identity.IdentityFile;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import io.peerup.node.api.Route;
import io.peerup.node.api.ServiceEntry;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that can only meet at a relay: what a daemon does for its owner. */
class NodeTest {
    private static final long PATIENCE_SECONDS = Patience.SECONDS;
    private static final byte[] GREETING = {'h', 'e', 'l', 'l', 'o'};

    @TempDir
    Path directory;

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private Host relay;
    private ServerSocket greeter;
    private Node home;
    private Node laptop;

    @BeforeEach
    void start() throws Exception {
        greeter = greet();
        relay = Host.start(HostConfig.of(Identity.generate(), "relay/1")
                .listeningOn(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        relay.serveRelay(RelayLimits.defaults());
        home = Node.daemon(config("home", "laptop").load(), () -> {});
        laptop = Node.daemon(config("laptop", "home").load(), () -> stopped.complete(null));
        awaitReserved(home);
    }

    @AfterEach
    void stop() throws Exception {
        laptop.close();
        home.close();
        relay.close(Duration.ZERO);
        greeter.close();
    }

    @Test
    void aServiceIsUsedThroughAProxyUntilItIsDisconnected() throws Exception {
        OpenedProxy proxy = laptop.connect(new ConnectRequest("home", "greeter", "127.0.0.1:0"));
        assertThat(read(proxy.listenAddress())).isEqualTo(GREETING);
        assertThat(laptop.proxies()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(proxy.id());
            assertThat(entry.attached()).isFalse();
        });

        laptop.disconnect(proxy.id());

        assertThat(laptop.proxies()).isEmpty();
        assertThatThrownBy(() -> read(proxy.listenAddress())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> laptop.disconnect(proxy.id()))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining(proxy.id());
    }

    @Test
    void anAttachedProxyTellsWhatHappensAndEndsWithItsOwner() throws Exception {
        CompletableFuture<OpenedProxy> opened = new CompletableFuture<>();
        CompletableFuture<ProxyEvent> session = new CompletableFuture<>();
        Thread owner = Thread.ofVirtual().start(() -> {
            try {
                laptop.attach(new ConnectRequest("home", "greeter", "127.0.0.1:0"), new ProxyListener() {
                    @Override
                    public void opened(OpenedProxy proxy) {
                        opened.complete(proxy);
                    }

                    @Override
                    public void event(ProxyEvent event) {
                        session.complete(event);
                    }
                });
            } catch (ApiProblem | InterruptedException ended) {
                opened.completeExceptionally(ended);
            }
        });
        String address = opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS).listenAddress();
        assertThat(read(address)).isEqualTo(GREETING);
        assertThat(session.get(PATIENCE_SECONDS, TimeUnit.SECONDS).line()).contains("greeter", "RELAYED");

        owner.interrupt();
        owner.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

        assertThat(laptop.proxies()).isEmpty();
        assertThatThrownBy(() -> read(address)).isInstanceOf(IOException.class);
    }

    @Test
    void aPingTellsTheTimeAndThePath() throws Exception {
        List<PingResult> results = new ArrayList<>();
        assertThat(laptop.ping(new PingRequest("home", 3, 1), results::add).received())
                .isEqualTo(3);
        assertThat(results).extracting(PingResult::error).containsExactly("", "", "");
        assertThat(results).extracting(PingResult::seq).containsExactly(1, 2, 3);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.path()).isEqualTo(Route.RELAYED);
            assertThat(result.rttMs()).isPositive();
        });
    }

    @Test
    void statusTellsHowTheNodeIsConnected() throws Exception {
        laptop.ping(new PingRequest("home", 1, 1), result -> {});
        var status = laptop.status();
        assertThat(status.peerId()).isEqualTo(laptop.peerId().toString());
        assertThat(status.connectedPeers()).isEqualTo(2);
        assertThat(status.relays())
                .singleElement()
                .satisfies(
                        one -> assertThat(one.peer()).isEqualTo(relay.peerId().toString()));
        assertThat(status.connections())
                .filteredOn(connection -> "home".equals(connection.name()))
                .singleElement()
                .satisfies(connection -> {
                    assertThat(connection.path()).isEqualTo(Route.RELAYED);
                    assertThat(connection.relay()).isEqualTo(relay.peerId().toString());
                    assertThat(connection.limited()).isTrue();
                });
        assertThat(home.status().relayAddresses()).isNotEmpty().allMatch(address -> address.contains("/p2p-circuit"));
        assertThat(home.services())
                .containsExactly(new ServiceEntry(
                        "greeter", "/peerup/greeter/1.0.0", "127.0.0.1:" + greeter.getLocalPort(), true));
    }

    @Test
    void whatCannotBeSaysWhy() throws Exception {
        problem(new ConnectRequest("nobody", "greeter", "127.0.0.1:0"), ApiProblem.Kind.INVALID, "name not found");
        problem(new ConnectRequest("home", "Bad!", "127.0.0.1:0"), ApiProblem.Kind.INVALID, "invalid service name");
        problem(new ConnectRequest("home", "greeter", "nonsense"), ApiProblem.Kind.INVALID, "nonsense");
        problem(new ConnectRequest("home", "ssh", "127.0.0.1:0"), ApiProblem.Kind.NOT_FOUND, "it offers greeter");
        problem(
                new ConnectRequest("home", "greeter", "127.0.0.1:" + greeter.getLocalPort()),
                ApiProblem.Kind.FAILED,
                "another program listens there");
        problem(
                new ConnectRequest(Identity.generate().peerId().toString(), "greeter", "127.0.0.1:0"),
                ApiProblem.Kind.UNREACHABLE,
                "holds no reservation");
        assertThat(laptop.proxies()).isEmpty();
    }

    @Test
    void aPeerThatHasNotAuthorizedUsHangsUpAndEveryLineSaysWhatToDo() throws Exception {
        laptop.ping(new PingRequest("home", 1, 1), result -> {});
        AuthorizedKeysFile.at(directory.resolve("home/authorized_keys")).remove(laptop.peerId());
        String remedy = "run there: peerup auth add " + laptop.peerId();
        List<String> errors = new ArrayList<>();

        awaitTrue(() -> home.status().connections().stream()
                .noneMatch(one -> one.peer().equals(laptop.peerId().toString())));

        laptop.ping(new PingRequest("home", 1, 1), result -> errors.add(result.error()));
        assertThat(errors).singleElement().asString().contains(remedy);
        // What home once told of its services is believed for as long as a connection is left.
        awaitTrue(() -> laptop.status().connections().stream()
                .noneMatch(one -> one.peer().equals(home.peerId().toString())));
        assertThatThrownBy(() -> laptop.connect(new ConnectRequest("home", "greeter", "127.0.0.1:0")))
                .isInstanceOfSatisfying(ApiProblem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(ApiProblem.Kind.UNREACHABLE);
                    assertThat(problem.line()).contains("home closed the connection at once", remedy);
                });
    }

    @Test
    void aCommandWithoutADaemonReachesThePeerAllTheSame() throws Exception {
        laptop.close();
        Node command = Node.standalone(
                NodeConfigFile.at(directory.resolve("laptop/config.yaml"), ConfigDirectories.of(Map.of()))
                        .load());
        try {
            assertThat(command.ping(new PingRequest("home", 1, 1), result -> {}).received())
                    .isEqualTo(1);
            assertThat(command.status().listenAddresses()).isEmpty();
            assertThat(command.status().relayAddresses()).isEmpty();
        } finally {
            command.close();
        }
    }

    @Test
    void shutdownIsHandedOnAndHarmlessTwice() {
        laptop.shutdown();
        laptop.shutdown();
        assertThat(stopped).isCompleted();
    }

    private void problem(ConnectRequest request, ApiProblem.Kind kind, String part) {
        assertThatThrownBy(() -> laptop.connect(request)).isInstanceOfSatisfying(ApiProblem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.line()).contains(part).doesNotContain("\n");
        });
    }

    /** A node that knows the relay and lets its friend in. */
    private NodeConfigFile config(String name, String friend) throws Exception {
        Path place = Files.createDirectories(directory.resolve(name));
        IdentityFile own = IdentityFile.at(place.resolve("identity.key"));
        own.loadOrCreate();
        Path friendsPlace = Files.createDirectories(directory.resolve(friend));
        Identity friends = IdentityFile.at(friendsPlace.resolve("identity.key")).loadOrCreate();
        AuthorizedKeysFile.at(place.resolve("authorized_keys")).add(friends.peerId(), friend);
        Multiaddr at = relay.swarm().selfAddresses().listening().getFirst().withPeerId(relay.peerId());
        Path file = place.resolve("config.yaml");
        AtomicFile.write(
                file, """
                version: 1
                identity: {key_file: "identity.key"}
                network: {listen_addresses: ["/ip4/127.0.0.1/tcp/0"]}
                relay: {addresses: ["%s"]}
                security: {authorized_keys_file: "authorized_keys", enable_connection_gating: true}
                names: {%s: "%s"}
                services:
                  greeter:
                    enabled: %s
                    local_address: "127.0.0.1:%d"
                """.formatted(at, friend, friends.peerId(), name.equals("home"), greeter.getLocalPort()));
        return NodeConfigFile.at(file, ConfigDirectories.of(Map.of()));
    }

    private static void awaitReserved(Node node) throws InterruptedException {
        awaitTrue(() -> node.status().relays().getFirst().reserved());
    }

    private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** A local service that greets and hangs up. */
    private static ServerSocket greet() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write(GREETING);
                } catch (IOException closed) {
                    // the next one, or the end
                }
            }
        });
        return server;
    }

    private static byte[] read(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            InputStream in = socket.getInputStream();
            return in.readAllBytes();
        }
    }
}
