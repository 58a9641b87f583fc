package io.peerup.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.ConfigDirectories;
import io.peerup.host.config.RelayConfigFile;
import io.peerup.host.config.RelayServerConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.wire.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay from its files, and a node that wants a place there. */
class RunningRelayTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    private final BlockingQueue<ReservationState> states = new LinkedBlockingQueue<>();
    private RelayServerConfig config;
    private AuthorizedKeysFile authorized;
    private Host node;

    @BeforeEach
    void write() throws Exception {
        RelayConfigFile file =
                RelayConfigFile.at(directory.resolve("relay-server.yaml"), ConfigDirectories.of(Map.of()));
        file.create();
        Files.writeString(
                file.path(),
                Files.readString(file.path())
                        .replace("/ip4/0.0.0.0/tcp/7777", "/ip4/127.0.0.1/tcp/0")
                        .replace("/ip6/::/tcp/7777", "/ip4/127.0.0.2/tcp/0"));
        config = file.load();
        authorized = AuthorizedKeysFile.at(directory.resolve("relay_authorized_keys"));
        node = Host.assemble(HostConfig.of(Identity.generate(), "test/1"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        node.close(Duration.ZERO);
    }

    @Test
    void anAuthorizedPeerHasAPlaceUntilItIsTakenOff() throws Exception {
        authorized.add(node.peerId(), "home");
        RunningRelay relay = RunningRelay.start(config);
        try {
            assertThat(relay.authorizedPeers()).contains(1);
            keepAt(relay);
            await(ReservationState.Reserved.class::isInstance);
            assertThat(relay.reservations()).containsExactly(node.peerId());

            authorized.remove(node.peerId());

            await(ReservationState.Retrying.class::isInstance);
            awaitNoReservation(relay);
        } finally {
            relay.close();
        }
    }

    @Test
    void aStrangerGetsNoPlace() throws Exception {
        authorized.add(Identity.generate().peerId(), "somebody else");
        RunningRelay relay = RunningRelay.start(config);
        try {
            keepAt(relay);
            await(ReservationState.Retrying.class::isInstance);
            assertThat(relay.reservations()).isEmpty();
        } finally {
            relay.close();
        }
    }

    @Test
    void theIdentityStaysAndQuicIsLeftOutForNow() throws Exception {
        authorized.add(node.peerId(), "home");
        RunningRelay first = RunningRelay.start(config);
        first.close();
        RunningRelay second = RunningRelay.start(config);
        second.close();
        assertThat(second.peerId()).isEqualTo(first.peerId());
        assertThat(second.leftOut())
                .hasSize(2)
                .allMatch(address -> address.toString().contains("quic"));
    }

    @Test
    void withoutItsListAGatedRelayDoesNotStart() {
        assertThatThrownBy(() -> RunningRelay.start(config))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("relay_authorized_keys");
        assertThat(directory.resolve("relay_node.key")).doesNotExist();
    }

    @Test
    void aPortInUseIsOneLineAndNothingRemains() throws Exception {
        authorized.add(node.peerId(), "home");
        RunningRelay relay = RunningRelay.start(config);
        try {
            String taken = relay.addresses().getFirst().withoutPeerId().toString();
            Path file = config.file();
            Files.writeString(file, Files.readString(file).replace("/ip4/127.0.0.1/tcp/0", taken));
            RelayServerConfig same =
                    RelayConfigFile.at(file, ConfigDirectories.of(Map.of())).load();
            assertThatThrownBy(() -> RunningRelay.start(same))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(taken);
        } finally {
            relay.close();
        }
    }

    private void keepAt(RunningRelay relay) {
        node.keepReservations(StaticRelay.of(relay.addresses()), (peer, state) -> states.add(state));
    }

    /** The relay hears of the end of its connection on another thread than the node. */
    private static void awaitNoReservation(RunningRelay relay) throws InterruptedException {
        long begun = System.nanoTime();
        while (!relay.reservations().isEmpty()) {
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void await(Predicate<ReservationState> wanted) throws InterruptedException {
        while (true) {
            ReservationState state = states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(state).as("a state").isNotNull();
            if (wanted.test(state)) {
                return;
            }
        }
    }
}
