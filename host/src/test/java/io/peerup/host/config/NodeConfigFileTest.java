package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FailingDisk;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.ProtocolViolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigFileTest {
    private static final String RELAY_ADDRESS = "/ip4/203.0.113.50/tcp/7777/p2p/" + Peers.RELAY;

    private static final ServiceEntry VNC = ServiceEntry.at(new HostAndPort("localhost", 5900));

    @TempDir
    Path root;

    private ConfigFolder folder;
    private NodeTemplate template;

    @BeforeEach
    void chooseARelay() throws ProtocolViolation {
        folder = new ConfigFolder(root);
        template = new NodeTemplate("peerup init", List.of(Multiaddr.parse(RELAY_ADDRESS)));
    }

    @Test
    void readsWhatTheOriginalsInitWrites() throws Exception {
        NodeConfig config = folder.node(ConfigFolder.sample("fresh-node.yaml")).load();

        assertThat(config.file()).isEqualTo(root.resolve("work/peerup.yaml"));
        assertThat(config.identityKeyFile()).isEqualTo(root.resolve("work/identity.key"));
        assertThat(config.listenAddresses())
                .extracting(Multiaddr::toString)
                .containsExactly(
                        "/ip4/0.0.0.0/tcp/0", "/ip4/0.0.0.0/udp/0/quic-v1", "/ip6/::/tcp/0", "/ip6/::/udp/0/quic-v1");
        assertThat(config.forcePrivateReachability()).isFalse();
        assertThat(config.relayAddresses()).containsExactly(Multiaddr.parse(RELAY_ADDRESS));
        assertThat(config.reservationInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.rendezvous()).isEqualTo("peerup-default-network");
        assertThat(config.bootstrapPeers()).isEmpty();
        assertThat(config.security().gate()).contains(root.resolve("work/authorized_keys"));
        assertThat(config.pingPong()).isEqualTo(PingPong.defaults());
        assertThat(config.services()).isEmpty();
        assertThat(config.names()).isEmpty();
        assertThat(config.telemetry()).isEqualTo(Telemetry.off());
    }

    @Test
    void readsEveryKey() throws Exception {
        NodeConfig config = folder.node(ConfigFolder.sample("home-node.yaml")).load();

        assertThat(config.identityKeyFile()).isEqualTo(Path.of("/var/lib/peerup/home.key"));
        assertThat(config.listenAddresses()).hasSize(2);
        assertThat(config.forcePrivateReachability()).isTrue();
        assertThat(config.relayAddresses())
                .hasSize(2)
                .last()
                .hasToString("/ip6/2001:db8::50/tcp/7777/p2p/" + Peers.RELAY);
        assertThat(config.reservationInterval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.rendezvous()).isEqualTo("family");
        assertThat(config.bootstrapPeers()).hasSize(1);
        assertThat(config.security())
                .isEqualTo(new Security(Optional.of(root.resolve("home/keys/authorized_keys")), true));
        assertThat(config.pingPong()).isEqualTo(new PingPong(false, PingPong.DEFAULT_ID));
        assertThat(config.services())
                .containsExactly(
                        Map.entry(
                                new ServiceName("ssh"),
                                new ServiceEntry(
                                        true,
                                        new HostAndPort("localhost", 22),
                                        Optional.of(Set.of(Peers.HOME)),
                                        Optional.empty())),
                        Map.entry(
                                new ServiceName("web"),
                                new ServiceEntry(
                                        false,
                                        new HostAndPort("::1", 8080),
                                        Optional.empty(),
                                        Optional.of("/custom/web/2.0.0"))),
                        Map.entry(new ServiceName("nas"), ServiceEntry.at(new HostAndPort("localhost", 445))));
        assertThat(config.names()).containsExactly(Map.entry("home", Peers.HOME), Map.entry("Relay.1", Peers.RELAY));
        assertThat(config.telemetry())
                .isEqualTo(new Telemetry(new HttpEndpoint(true, new HostAndPort("0.0.0.0", 9100)), true));
    }

    @Test
    void theEssentialsAreEnough() throws Exception {
        NodeConfig config = folder.node("""
                        identity: {key_file: k}
                        network: {listen_addresses: [/ip4/0.0.0.0/tcp/0]}
                        relay: {addresses: [%s]}
                        names:
                        """.formatted(RELAY_ADDRESS)).load();

        assertThat(config.reservationInterval()).isEqualTo(NodeConfig.DEFAULT_RESERVATION_INTERVAL);
        assertThat(config.rendezvous()).isEqualTo(NodeConfig.DEFAULT_RENDEZVOUS);
        assertThat(config.pingPong()).isEqualTo(PingPong.defaults());
        assertThat(config.security().gate()).isEmpty();
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNotMatter() throws Exception {
        NodeConfig unix = folder.node(ConfigFolder.sample("home-node.yaml")).load();

        NodeConfig windows = folder.node(
                        "\uFEFF" + ConfigFolder.sample("home-node.yaml").replace("\n", "\r\n"))
                .load();

        assertThat(windows).isEqualTo(unix);
    }

    @Test
    void theFirstFileThatExistsIsUsed() throws Exception {
        ConfigDirectories directories = folder.directories();
        assertThatThrownBy(() -> NodeConfigFile.locate(Optional.empty(), directories))
                .isInstanceOf(FileProblem.class)
                .hasMessage("config file not found, searched: " + root.resolve("work/peerup.yaml") + ", "
                        + root.resolve("home/.config/peerup/config.yaml") + ", " + root.resolve("etc/config.yaml")
                        + "; create one with: peerup init");

        for (String file : List.of("etc/config.yaml", "home/.config/peerup/config.yaml", "work/peerup.yaml")) {
            ConfigFolder.write(root.resolve(file), new byte[0]);
            assertThat(NodeConfigFile.locate(Optional.empty(), directories).path())
                    .isEqualTo(root.resolve(file));
        }
    }

    @Test
    void aNamedFileIsUsedOrMissed() throws Exception {
        ConfigFolder.write(root.resolve("home/other.yaml"), new byte[0]);
        folder.node("");

        assertThat(NodeConfigFile.locate(Optional.of("~/other.yaml"), folder.directories())
                        .path())
                .isEqualTo(root.resolve("home/other.yaml"));
        assertThat(NodeConfigFile.locate(Optional.of("../home/other.yaml"), folder.directories())
                        .path())
                .isEqualTo(root.resolve("home/other.yaml"));
        assertThatThrownBy(() -> NodeConfigFile.locate(Optional.of("none.yaml"), folder.directories()))
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith("config file not found: " + root.resolve("work/none.yaml"));
    }

    @Test
    void withoutAHomeTheSystemsFileIsFound() throws Exception {
        ConfigFolder.write(root.resolve("etc/config.yaml"), new byte[0]);
        ConfigDirectories service = new ConfigDirectories(root.resolve("work"), Optional.empty(), root.resolve("etc"));

        assertThat(NodeConfigFile.locate(Optional.empty(), service).path()).isEqualTo(root.resolve("etc/config.yaml"));
    }

    @Test
    void aFileThatOthersMayReadIsRefusedWithTheFix() throws Exception {
        NodeConfigFile file = folder.node(ConfigFolder.sample("fresh-node.yaml"));
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(file::load)
                .isInstanceOf(FileProblem.class)
                .hasMessage("config file " + file.path() + " has overly permissive mode 0644; expected 0600 - fix with:"
                        + " chmod 600 " + file.path());
    }

    @Test
    void aNewFileIsPrivateAndReads() throws Exception {
        folder.node().create(template);

        assertThat(FileMode.of(folder.node().path())).contains(FileMode.OWNER_ONLY);
        assertThat(FileMode.of(root.resolve("work"))).contains(FileMode.OWNER_ONLY_DIRECTORY);
        assertThat(Files.readString(folder.node().path())).startsWith("# ").contains("written by: peerup init");
        NodeConfig original = new ConfigFolder(root.resolve("other"))
                .node(ConfigFolder.sample("fresh-node.yaml"))
                .load();
        NodeConfig ours = folder.node().load();
        assertThat(ours.listenAddresses()).isEqualTo(original.listenAddresses());
        assertThat(ours.relayAddresses()).isEqualTo(original.relayAddresses());
        assertThat(ours.rendezvous()).isEqualTo(original.rendezvous());
        assertThat(ours.security().gate()).contains(root.resolve("work/authorized_keys"));
        assertThat(ours.services()).isEmpty();
    }

    @Test
    void theExamplesInTheTemplateAreRight() throws Exception {
        String everything = template.text()
                .replace("12D3KooW...", Peers.HOME.toString())
                .replace("names: {}", "names:")
                .lines()
                .map(line ->
                        line.matches("# ( +|services:|telemetry:|limits:).*") && !line.contains("peerup service add")
                                ? line.substring(2)
                                : line)
                .collect(Collectors.joining("\n"));

        NodeConfig config = folder.node(everything).load();

        assertThat(config.services())
                .containsOnlyKeys(new ServiceName("ssh"), new ServiceName("xrdp"), new ServiceName("web"));
        assertThat(config.names()).containsEntry("home", Peers.HOME);
        assertThat(config.telemetry().audit()).isTrue();
        assertThat(config.limits().memoryBytes()).contains(256L << 20);
    }

    @Test
    void anExistingFileIsNeverReplaced() throws Exception {
        NodeConfigFile file = folder.node("precious");

        assertThatThrownBy(() -> file.create(template))
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith("config already exists: " + file.path());

        assertThat(file.path()).hasContent("precious");
    }

    @Test
    void aTemplateThatWouldNotReadIsNotWritten() throws Exception {
        NodeTemplate nobody = new NodeTemplate("peerup init", List.of(Multiaddr.parse("/ip4/203.0.113.50/tcp/7777")));

        assertThatThrownBy(() -> folder.node().create(nobody))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("must end in the peer ID");

        assertThat(folder.node().path()).doesNotExist();
    }

    @Test
    void aFullDiskLeavesNoHalfOfANewFile() throws Exception {
        int whole = template.text().getBytes(StandardCharsets.UTF_8).length;
        for (int bytes = 0; bytes < whole; bytes += 101) {
            NodeConfigFile onFullDisk = folder.nodeOn(FailingDisk.fullAfterBytes(bytes));

            assertThatThrownBy(() -> onFullDisk.create(template))
                    .isInstanceOf(FileProblem.class)
                    .hasMessageContaining("the disk is full");

            assertThat(filesIn(root.resolve("work"))).isEmpty();
        }
    }

    @Test
    void aFullDiskLosesNothingOfAnEditedFile() throws Exception {
        NodeConfigFile file = folder.node(ConfigFolder.sample("home-node.yaml"));
        byte[] before = Files.readAllBytes(file.path());
        for (int bytes = 0; bytes < before.length; bytes += 97) {
            NodeConfigFile onFullDisk = folder.nodeOn(FailingDisk.fullAfterBytes(bytes));

            assertThatThrownBy(() -> onFullDisk.addService(new ServiceName("vnc"), VNC))
                    .isInstanceOf(FileProblem.class)
                    .hasMessageContaining("nothing was changed: the disk is full");

            assertThat(file.path()).hasBinaryContent(before);
        }
        assertThat(filesIn(root.resolve("work"))).containsExactlyInAnyOrder(".peerup.yaml.lock", "peerup.yaml");
    }

    private static List<String> filesIn(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
