package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FileProblem;
import io.peerup.swarm.limits.AddressLimits;
import io.peerup.swarm.limits.ConnectionRate;
import io.peerup.swarm.limits.Machine;
import io.peerup.swarm.limits.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code limits}, the same in both files. */
class PeerLimitsTest {
    private static final long MIB = 1 << 20;
    private static final Machine MACHINE = new Machine(256 * MIB, 1024);

    @TempDir
    Path root;

    private ConfigFolder folder;

    @BeforeEach
    void nameAFolder() {
        folder = new ConfigFolder(root);
    }

    @Test
    void withoutTheSectionTheMachineDecides() throws IOException {
        assertThat(read("").on(MACHINE)).isEqualTo(ResourceLimits.scaledTo(MACHINE));
        assertThat(read("limits:").on(MACHINE)).isEqualTo(ResourceLimits.scaledTo(MACHINE));
    }

    @Test
    void everyKeyHasItsPlace() throws IOException {
        ResourceLimits limits = read("""
                limits:
                  memory: 64MB
                  open_files: 600
                  connections: 300
                  connections_per_peer: 4
                  streams_per_peer: 100
                  connections_per_ip: 20
                  new_connections_per_ip: 40
                  new_connection_interval: 1s
                """).on(MACHINE);

        assertThat(limits.system().memoryBytes()).isEqualTo(64 * MIB);
        assertThat(limits.peer().memoryBytes()).isEqualTo(32 * MIB);
        assertThat(limits.system().fileDescriptors()).isEqualTo(600);
        assertThat(limits.system().inboundConnections()).isEqualTo(300);
        assertThat(limits.system().outboundConnections()).isEqualTo(300);
        assertThat(limits.peer().inboundConnections()).isEqualTo(4);
        assertThat(limits.peer().inboundStreams()).isEqualTo(100);
        assertThat(limits.addresses())
                .isEqualTo(AddressLimits.defaults()
                        .withAtOnce(20, 20, 160)
                        .withNew(
                                new ConnectionRate(40, Duration.ofSeconds(1)),
                                new ConnectionRate(200, Duration.ofMillis(400))));
    }

    @Test
    void aNodeReadsTheSameSection() throws IOException {
        NodeConfig config = folder.node(ConfigFolder.sample("fresh-node.yaml") + "limits: {connections_per_ip: 9}\n")
                .load();
        assertThat(config.limits().connectionsPerIp()).contains(9L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memory: 0 | memory: must be at least 1MB, not 0B; remove the line for what suits the machine
            memory: -1 | memory: "-1" is no size; write it like
            memory: 1023KB | memory: must be at least 1MB, not 1023KB
            memory: 99999999999GB | memory: "99999999999GB" is more bytes than can be counted
            open_files: 0 | open_files: must be a whole number from 16 to 1000000
            connections: 0 | connections: must be a whole number from 1 to 1000000
            connections: -5 | connections: must be a whole number from 1 to 1000000
            connections: 1000001 | connections: must be a whole number from 1 to 1000000
            connections_per_peer: 0 | connections_per_peer: must be a whole number from 1
            streams_per_peer: many | streams_per_peer: must be a whole number from 1
            connections_per_ip: 0 | connections_per_ip: must be a whole number from 1
            new_connections_per_ip: 0 | new_connections_per_ip: must be a whole number from 1
            new_connection_interval: 0s | new_connection_interval: must be from 1ms to 1h
            new_connection_interval: -1s | new_connection_interval:
            new_connection_interval: 2h | new_connection_interval: must be from 1ms to 1h
            """)
    void nonsenseIsOneLineAndTheFileStays(String line, String problem) throws IOException {
        String text = ConfigFolder.RELAY_ESSENTIALS + "limits:\n  " + line + "\n";
        RelayConfigFile file = folder.relay(text);
        assertThatThrownBy(file::load)
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith(file.path() + ":4: limits." + problem)
                .message()
                .doesNotContain("\n");
        assertThat(Files.readString(file.path())).isEqualTo(text);
    }

    @Test
    void anUnknownKeyIsNamed() throws IOException {
        assertThatThrownBy(() -> read("limits: {memroy: 1GB}")).hasMessageContaining("did you mean \"memory\"?");
    }

    @Test
    void moreThanTheMachineHasIsOneLineEachAndBecomesWhatItHas() throws IOException {
        PeerLimits greedy = read("limits: {memory: 8GB, open_files: 5000}");
        assertThat(greedy.beyond(MACHINE))
                .containsExactly(
                        "limits.memory: 8GB is more than the 256MB that this process has, so that is the limit; lower it,"
                                + " or start it with a larger -Xmx and -XX:MaxDirectMemorySize",
                        "limits.open_files: 5000 is more than the 1024 that this process has, so that is the limit;"
                                + " lower it, or raise ulimit -n or LimitNOFILE");
        ResourceLimits limits = greedy.on(MACHINE);
        assertThat(limits.system().memoryBytes()).isEqualTo(256 * MIB);
        assertThat(limits.system().fileDescriptors()).isEqualTo(1024);
        assertThat(limits.beyond(MACHINE)).isEmpty();
        assertThat(read("limits: {memory: 256MB}").beyond(MACHINE)).isEmpty();
    }

    private PeerLimits read(String more) throws IOException {
        return folder.relay(ConfigFolder.RELAY_ESSENTIALS + more + "\n").load().limits();
    }
}
