package io.peerup.host.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.identify.netty.Ping;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts over loopback, one behind a gate that follows its file. */
class AuthorizationGateTest {
    @TempDir
    Path directory;

    private final List<Host> hosts = new ArrayList<>();
    private AuthorizedKeysFile file;
    private AuthorizationGate gate;
    private Host gated;
    private Host visitor;

    @BeforeEach
    void start() throws Exception {
        file = AuthorizedKeysFile.at(directory.resolve("authorized_keys"));
        Files.writeString(file.path(), AuthorizedKeysFile.TEMPLATE);
        gate = AuthorizationGate.of(file);
        gated = host(gate);
        gate.guard(gated.swarm());
        visitor = host(ConnectionGater.open());
    }

    @AfterEach
    void stop() throws InterruptedException {
        gate.close();
        for (Host host : hosts) {
            host.close(Duration.ZERO);
        }
    }

    @Test
    void aStrangerIsNotLetIn() throws Exception {
        // The dialer has finished its handshake before the other side looks who it is.
        if (dial(visitor, gated) instanceof DialOutcome.Connected connected) {
            assertThat(end(connected.connection())).isNotNull();
        }
        assertThat(gated.swarm().connections()).isEmpty();
    }

    @Test
    void aPeerMayConnectAsSoonAsItIsInTheFile() throws Exception {
        file.add(visitor.peerId(), "laptop");
        Patience.until("the new entry is read", () -> gate.current().contains(visitor.peerId()));
        assertThat(Ping.once(connect(visitor, gated), Patience.LONG, System::nanoTime)
                        .toCompletableFuture()
                        .get(Patience.SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(Ping.Outcome.Answered.class);
    }

    @Test
    void aPeerThatIsRemovedLosesTheConnectionItMade() throws Exception {
        file.add(visitor.peerId(), "laptop");
        gate.reload();
        Connection connection = connect(visitor, gated);

        file.remove(visitor.peerId());

        assertThat(end(connection)).isInstanceOf(CloseReason.Remote.class);
    }

    @Test
    void aPeerThatIsRemovedLosesTheConnectionThatWeMade() throws Exception {
        file.add(visitor.peerId(), "laptop");
        gate.reload();
        Connection connection = connect(gated, visitor);

        file.remove(visitor.peerId());

        assertThat(end(connection)).isInstanceOf(CloseReason.Local.class);
    }

    @Test
    void whoWeDialNeedsNoEntry() throws Exception {
        assertThat(connect(gated, visitor).remotePeer()).isEqualTo(visitor.peerId());
    }

    @Test
    void aFileThatWasBrokenThrowsNobodyOut() throws Exception {
        file.add(visitor.peerId(), "laptop");
        gate.reload();
        Connection connection = connect(visitor, gated);

        Files.writeString(file.path(), "not a peer\n");
        TimeUnit.NANOSECONDS.sleep(4 * AuthorizedKeysWatch.INTERVAL.toNanos());

        assertThat(connection.closed().toCompletableFuture()).isNotDone();
        assertThat(gate.current().contains(visitor.peerId())).isTrue();
    }

    private Host host(ConnectionGater gater) throws Exception {
        Host host = Host.start(HostConfig.of(Identity.generate(), "test/1")
                .listeningOn(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .gatedBy(gater));
        hosts.add(host);
        return host;
    }

    private static Connection connect(Host from, Host to) throws Exception {
        return ((DialOutcome.Connected) dial(from, to)).connection();
    }

    private static DialOutcome dial(Host from, Host to) throws Exception {
        List<Multiaddr> addresses = to.swarm().selfAddresses().listening();
        return from.swarm().dial(to.peerId(), addresses).toCompletableFuture().get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static CloseReason end(Connection connection) throws Exception {
        return connection.closed().toCompletableFuture().get(Patience.SECONDS, TimeUnit.SECONDS);
    }
}
