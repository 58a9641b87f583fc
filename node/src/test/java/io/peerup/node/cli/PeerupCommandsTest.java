package io.peerup.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.peerup.wire.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that need no network, as a person types them. */
class PeerupCommandsTest {
    private static final String RELAY = Identity.generate().peerId().toString();
    private static final String FRIEND = Identity.generate().peerId().toString();

    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void openATerminal() {
        terminal = new Terminal(home);
    }

    @Test
    void initAsksForTheRelayAndLeavesANodeBehind() throws Exception {
        assertThat(terminal.typing("203.0.113.50\n" + RELAY + "\n").run("init")).isZero();

        assertThat(terminal.out()).contains("Relay: /ip4/203.0.113.50/tcp/7777/p2p/" + RELAY, "Your Peer ID: 12D3KooW");
        Path place = home.resolve(".config/peerup");
        assertThat(mode(place)).isEqualTo("rwx------");
        for (String file : new String[] {"config.yaml", "identity.key", "authorized_keys"}) {
            assertThat(mode(place.resolve(file))).as(file).isEqualTo("rw-------");
        }
        assertThat(terminal.run("whoami")).isZero();
        assertThat(terminal.out().strip()).matches("12D3KooW\\w{44}");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:4001, /ip4/10.0.0.1/tcp/4001",
        "10.0.0.1, /ip4/10.0.0.1/tcp/7777",
        "[2001:db8::1]:4001, /ip6/2001:db8::1/tcp/4001",
        "[2001:db8::1], /ip6/2001:db8::1/tcp/7777",
        "2001:db8::1, /ip6/2001:db8::1/tcp/7777",
        "/ip4/10.0.0.1/tcp/4001, /ip4/10.0.0.1/tcp/4001"
    })
    void aRelayMayBeWrittenInAnyOfTheseWays(String written, String meant) {
        assertThat(terminal.run("init", "--relay", written, "--relay-id", RELAY))
                .isZero();
        assertThat(terminal.out()).contains("Relay: " + meant + "/p2p/" + RELAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relay.example",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0",
                "/ip4/10.0.0.1/tc/1",
                "/p2p-circuit",
                "/dns4/relay.example/tcp/7777",
                "/ip4/10.0.0.1/udp/7777/quic-v1",
                "x"
            })
    void aRelayThatIsNowhereIsOneLineAndWritesNothing(String written) {
        assertThat(terminal.run("init", "--relay", written, "--relay-id", RELAY))
                .isEqualTo(1);
        assertThat(terminal.err().lines()).singleElement().asString().startsWith("peerup: invalid relay address");
        assertThat(home.resolve(".config/peerup/config.yaml")).doesNotExist();
        assertThat(home.resolve(".config/peerup/identity.key")).doesNotExist();
    }

    @Test
    void anInitThatFailsHalfWayCanBeRunAgain() throws IOException {
        Path place = Files.createDirectories(home.resolve(".config/peerup"));
        Path key = Files.createSymbolicLink(place.resolve("identity.key"), Path.of("nowhere"));
        assertThat(terminal.run("init", "--relay", "10.0.0.1", "--relay-id", RELAY))
                .isEqualTo(1);
        assertThat(terminal.err().lines()).singleElement().asString().contains("identity.key", "leads nowhere");
        Files.delete(key);
        init();
        assertThat(terminal.run("auth", "validate")).isZero();
    }

    @Test
    void initDoesNotAskAgainNorForEver() {
        assertThat(terminal.run("init")).isEqualTo(1);
        assertThat(terminal.err()).contains("no answer to");
        init();
        assertThat(terminal.run("init", "--relay", "10.0.0.1", "--relay-id", RELAY))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("config already exists");
    }

    @Test
    void withoutAConfigurationEveryCommandSaysWhereItLooked() {
        for (String command : new String[] {"whoami", "status", "daemon"}) {
            assertThat(terminal.run(command)).isEqualTo(1);
            assertThat(terminal.err().lines())
                    .singleElement()
                    .asString()
                    .contains("config file not found", "peerup.yaml", ".config/peerup/config.yaml", "peerup init");
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void peersAreAddedListedAndRemoved() {
        init();
        assertThat(terminal.run("auth", "list")).isZero();
        assertThat(terminal.out()).contains("No authorized peers.");
        assertThat(terminal.run("auth", "add", FRIEND, "--comment", "my laptop"))
                .isZero();
        assertThat(terminal.run("auth", "add", FRIEND)).isEqualTo(1);
        assertThat(terminal.err()).contains("peer already authorized");
        assertThat(terminal.run("auth", "list")).isZero();
        assertThat(terminal.out()).contains("Authorized peers (1):", FRIEND + "  # my laptop");
        assertThat(terminal.run("auth", "list", "--json")).isZero();
        JsonArray list = JsonParser.parseString(terminal.out()).getAsJsonArray();
        assertThat(list.get(0).getAsJsonObject().get("peer_id").getAsString()).isEqualTo(FRIEND);
        assertThat(terminal.run("auth", "remove", FRIEND)).isZero();
        assertThat(terminal.run("auth", "remove", FRIEND)).isEqualTo(1);
        assertThat(terminal.err()).contains("peer not found");
    }

    @Test
    void aBadLineInTheListIsNamed() throws IOException {
        init();
        Path keys = home.resolve(".config/peerup/authorized_keys");
        assertThat(terminal.run("auth", "validate")).isZero();
        Files.writeString(keys, FRIEND + "\nnonsense\n");
        assertThat(terminal.run("auth", "validate")).isEqualTo(1);
        assertThat(terminal.err()).contains("1 error(s)", "Line 2:", "nonsense");
        assertThat(terminal.run("auth", "validate", keys.toString())).isEqualTo(1);
        assertThat(terminal.run("daemon")).isEqualTo(1);
        assertThat(terminal.err().lines()).singleElement().asString().contains("authorized_keys:2", "nonsense");
    }

    @Test
    void servicesComeAndGoOnAFreshConfiguration() {
        init();
        assertThat(terminal.run("service", "list")).isZero();
        assertThat(terminal.out()).contains("No services configured.");
        assertThat(terminal.run("service", "add", "ssh", "127.0.0.1:22")).isZero();
        assertThat(terminal.out()).contains("Added service: ssh -> 127.0.0.1:22", "Restart 'peerup daemon'");
        assertThat(terminal.run("service", "add", "ssh", "127.0.0.1:23")).isZero();
        assertThat(terminal.out()).contains("already configured");
        assertThat(terminal.run("service", "disable", "ssh")).isZero();
        assertThat(terminal.run("service", "disable", "ssh")).isZero();
        assertThat(terminal.out()).contains("already disabled");
        assertThat(terminal.run("service", "list")).isZero();
        assertThat(terminal.out()).contains("ssh", "-> 127.0.0.1:22", "(disabled)");
        assertThat(terminal.run("service", "enable", "ssh")).isZero();
        assertThat(terminal.run("service", "remove", "ssh")).isZero();
        assertThat(terminal.run("service", "remove", "ssh")).isEqualTo(1);
        assertThat(terminal.err()).contains("ssh");
    }

    @ParameterizedTest
    @CsvSource({"SSH, 127.0.0.1:22", "kad, 127.0.0.1:22", "ssh, 127.0.0.1", "ssh, 127.0.0.1:0", "ssh, :::22"})
    void aServiceThatCannotBeIsOneLineAndChangesNothing(String name, String address) throws IOException {
        init();
        Path config = home.resolve(".config/peerup/config.yaml");
        String before = Files.readString(config);
        assertThat(terminal.run("service", "add", name, address)).isEqualTo(1);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(config).hasContent(before);
    }

    @Test
    void statusWithoutADaemonShowsWhatIsConfigured() {
        init();
        terminal.run("service", "add", "web", "127.0.0.1:80");
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out())
                .contains("Peer ID:  12D3KooW", RELAY, "web", "Authorized peers: (none)", "not running");
        assertThat(terminal.run("status", "--json")).isEqualTo(1);
        assertThat(terminal.err()).contains("daemon not running");
        assertThat(terminal.run("daemon", "stop")).isEqualTo(1);
    }

    @Test
    void aKeyThatOthersCanReadIsRefusedWithTheRemedy() throws IOException {
        init();
        Path key = home.resolve(".config/peerup/identity.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(terminal.run("whoami")).isEqualTo(1);
        assertThat(terminal.err()).contains("0644", "chmod 600 " + key);
    }

    @Test
    void aDamagedKeyIsNeverReplaced() throws IOException {
        init();
        Path key = home.resolve(".config/peerup/identity.key");
        byte[] half = new byte[34];
        Files.write(key, half);
        assertThat(terminal.run("daemon")).isEqualTo(1);
        assertThat(terminal.err().lines()).singleElement().asString().contains("identity.key");
        assertThat(key).hasBinaryContent(half);
    }

    @Test
    void aPeerThatNobodyKnowsIsOneLine() {
        init();
        assertThat(terminal.run("ping", "-c", "1", "nobody")).isEqualTo(1);
        assertThat(terminal.err().lines()).singleElement().asString().contains("name not found: \"nobody\"");
        assertThat(terminal.run("proxy", "nobody", "ssh", "0")).isEqualTo(1);
        assertThat(terminal.err()).contains("name not found");
    }

    @Test
    void wrongUsageIsStatusTwoAndHelpIsAnAnswer() {
        assertThat(terminal.run()).isEqualTo(2);
        assertThat(terminal.run("dameon")).isEqualTo(2);
        assertThat(terminal.err()).contains("dameon");
        assertThat(terminal.run("proxy", "home")).isEqualTo(2);
        assertThat(terminal.run("ping", "--nonsense", "home")).isEqualTo(2);
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out())
                .contains(
                        "init", "whoami", "auth", "service", "daemon", "proxy", "ping", "status", "demo", "relay",
                        "version");
        assertThat(terminal.run("auth", "add", "--help")).isZero();
        assertThat(terminal.run("relay", "--help")).isZero();
        assertThat(terminal.run("version")).isZero();
        assertThat(terminal.run("completion")).isZero();
        assertThat(terminal.out()).contains("complete").contains("peerup");
    }

    private void init() {
        assertThat(terminal.run("init", "--relay", "10.0.0.1", "--relay-id", RELAY))
                .isZero();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
