package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.circuitrelay.RelayLimits;
import io.peerup.host.file.FailingDisk;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.limits.Machine;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayConfigFileTest {
    @TempDir
    Path root;

    private ConfigFolder folder;

    @BeforeEach
    void nameAFolder() {
        folder = new ConfigFolder(root);
    }

    @Test
    void readsEveryKey() throws IOException {
        RelayServerConfig config =
                folder.relay(ConfigFolder.sample("relay-server.yaml")).load();

        assertThat(config.file()).isEqualTo(root.resolve("work/relay-server.yaml"));
        assertThat(config.listenAddresses())
                .extracting(Multiaddr::toString)
                .containsExactly("/ip4/0.0.0.0/tcp/7777", "/ip6/::/tcp/7777");
        assertThat(config.resources())
                .isEqualTo(new RelayResources(
                        64, 4, 4096, 2, 16, Duration.ofMinutes(30), Duration.ofMinutes(5), 1L << 30));
        assertThat(config.relayLimits())
                .isEqualTo(RelayLimits.defaults()
                        .withReservations(64, 2, Duration.ofMinutes(30))
                        .withCircuits(
                                4,
                                Optional.of(new ConnectionLimit(
                                        Optional.of(Duration.ofMinutes(5)), Optional.of(1L << 30)))));
        assertThat(config.health()).isEqualTo(new HttpEndpoint(true, new HostAndPort("127.0.0.1", 9090)));
        assertThat(config.telemetry())
                .isEqualTo(new Telemetry(new HttpEndpoint(true, new HostAndPort("127.0.0.1", 9091)), false));
    }

    @Test
    void pathsStartAtTheFileWhereverTheRelayIsStarted() throws IOException {
        folder.relay(ConfigFolder.sample("relay-server.yaml"));
        ConfigDirectories elsewhere = new ConfigDirectories(root, Optional.empty(), root.resolve("etc"));

        RelayServerConfig config = RelayConfigFile.locate(Optional.of("work/relay-server.yaml"), elsewhere)
                .load();

        assertThat(config.identityKeyFile()).isEqualTo(root.resolve("work/relay_node.key"));
        assertThat(config.security().gate()).contains(root.resolve("work/relay_authorized_keys"));
    }

    @Test
    void withoutResourcesTheDefaultsHold() throws IOException {
        RelayServerConfig config = folder.relay(ConfigFolder.RELAY_ESSENTIALS).load();

        assertThat(config.resources()).isEqualTo(RelayResources.defaults());
        assertThat(config.relayLimits().circuit())
                .contains(new ConnectionLimit(Optional.of(Duration.ofMinutes(10)), Optional.of(64L << 20)));
        assertThat(config.relayLimits().circuitBufferBytes())
                .isEqualTo(RelayLimits.defaults().circuitBufferBytes());
        assertThat(config.health().enabled()).isFalse();
        assertThat(config.security()).isEqualTo(new Security(Optional.empty(), false));
        assertThat(folder.relay(ConfigFolder.RELAY_ESSENTIALS + "resources: {max_reservations: 0, max_circuits: 0}")
                        .load()
                        .resources())
                .isEqualTo(RelayResources.defaults());
    }

    @Test
    void zeroIsNoLimitOfASession() throws IOException {
        RelayLimits time = folder.relay(ConfigFolder.RELAY_ESSENTIALS + "resources: {session_duration: 0s}")
                .load()
                .relayLimits();
        assertThat(time.circuit()).contains(new ConnectionLimit(Optional.empty(), Optional.of(64L << 20)));

        RelayLimits none = folder.relay(
                        ConfigFolder.RELAY_ESSENTIALS + "resources: {session_duration: 0, session_data_limit: 0}")
                .load()
                .relayLimits();
        assertThat(none.circuit()).isEmpty();
    }

    @Test
    void aLargeBufferIsGranted() throws IOException {
        assertThat(folder.relay(ConfigFolder.RELAY_ESSENTIALS + "resources: {buffer_size: 1048576}")
                        .load()
                        .relayLimits()
                        .circuitBufferBytes())
                .isEqualTo(1 << 20);
    }

    @Test
    void mistakesAreNamedWithTheirLine() throws IOException {
        assertProblem(
                "resources:\n  session_data_limit: 64 MB", "4: resources.session_data_limit: \"64 MB\" is no size");
        assertProblem("resources:\n  max_circuits: -1", "4: resources.max_circuits: must be a whole number from 0 to");
        assertProblem("resources:\n  buffer_size: 2KB", "4: resources.buffer_size: must be a whole number");
        assertProblem("resources:\n  reservation_ttl: 10ms", "4: resources.reservation_ttl: must be from 1s to");
        assertProblem("resources:\n  session_duration: 10ms", "4: resources.session_duration: must be from 1s to");
        assertProblem(
                "resources:\n  max_reservation: 1",
                "4: unknown key \"max_reservation\" at line 4; did you mean" + " \"max_reservations\"?");
        assertProblem(
                "health: {enabled: true, listen_address: \"9090\"}",
                "3: health.listen_address: \"9090\" is no" + " host:port");
        assertProblem("relay: {}", "3: unknown key \"relay\" at line 3; known here: version, identity");
        assertProblem("security: {enable_connection_gating: true}", "3: missing security.authorized_keys_file");
        assertProblem("version: 3", "3: version: config version too new: version 3");
    }

    @Test
    void theFileIsInTheWorkingDirectoryOrNamed() throws IOException {
        assertThat(RelayConfigFile.locate(Optional.empty(), folder.directories()))
                .isEqualTo(folder.relay());
        assertThat(RelayConfigFile.locate(Optional.of("~/r.yaml"), folder.directories())
                        .path())
                .isEqualTo(root.resolve("home/r.yaml"));
        assertThatThrownBy(() -> folder.relay().load())
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith(
                        "config file not found: " + folder.relay().path());
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        RelayConfigFile file = folder.relay(ConfigFolder.RELAY_ESSENTIALS);
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(file::load).isInstanceOf(FileProblem.class).hasMessageEndingWith("chmod 600 " + file.path());
    }

    @Test
    void aNewFileIsPrivateAndGatedAndReads() throws IOException {
        folder.relay().create();

        RelayServerConfig config = folder.relay().load();
        assertThat(FileMode.of(folder.relay().path())).contains(FileMode.OWNER_ONLY);
        assertThat(config.listenAddresses())
                .extracting(Multiaddr::toString)
                .containsExactly(
                        "/ip4/0.0.0.0/tcp/7777",
                        "/ip6/::/tcp/7777",
                        "/ip4/0.0.0.0/udp/7777/quic-v1",
                        "/ip6/::/udp/7777/quic-v1");
        assertThat(config.security().gate()).contains(root.resolve("work/relay_authorized_keys"));
        assertThat(config.resources()).isEqualTo(RelayResources.defaults());
        assertThatThrownBy(() -> folder.relay().create())
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith("config already exists: ");
    }

    @Test
    void theDefaultsInTheTemplateAreTheDefaults() throws IOException {
        String everything = RelayTemplate.TEXT.replaceAll("(?m)^# (resources:|health:|telemetry:|limits:|  )", "$1");

        RelayServerConfig config = folder.relay(everything).load();

        assertThat(everything).contains("\nresources:\n  max_reservations: 128\n");
        assertThat(config.resources()).isEqualTo(RelayResources.defaults());
        assertThat(config.health().enabled()).isTrue();
        assertThat(config.telemetry().audit()).isTrue();
        assertThat(config.limits().on(Machine.here()).addresses())
                .isEqualTo(ResourceLimits.defaults().addresses());
    }

    @Test
    void aFullDiskLeavesNothing() {
        RelayConfigFile file =
                new RelayConfigFile(folder.relay().path(), folder.directories(), FailingDisk.fullAfterBytes(500));

        assertThatThrownBy(file::create).isInstanceOf(FileProblem.class).hasMessageContaining("the disk is full");

        assertThat(root.resolve("work")).isEmptyDirectory();
    }

    private void assertProblem(String more, String problem) throws IOException {
        RelayConfigFile file = folder.relay(ConfigFolder.RELAY_ESSENTIALS + more + "\n");

        assertThatThrownBy(file::load)
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith(file.path() + ":" + problem);
    }
}
