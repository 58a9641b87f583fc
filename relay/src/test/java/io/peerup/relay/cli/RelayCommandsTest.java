package io.peerup.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.host.config.ConfigDirectories;
import io.peerup.host.config.RelayConfigFile;
import io.peerup.host.identity.IdentityFile;
import io.peerup.wire.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayCommandsTest {
    private static final String HOME = Identity.generate().peerId().toString();

    @TempDir
    Path directory;

    private Terminal terminal;

    @BeforeEach
    void openATerminal() {
        terminal = new Terminal(directory);
    }

    @Test
    void aPeerIsAuthorizedListedAndTakenOffAgain() throws Exception {
        configure();
        assertThat(terminal.run("authorize", HOME, "my", "home")).isZero();
        assertThat(terminal.out()).contains("Authorized: " + HOME, "Comment:    my home");

        assertThat(terminal.run("list-peers")).isZero();
        assertThat(terminal.out()).contains("  " + HOME + "  # my home", "Total: 1 peer(s)");

        assertThat(terminal.run("deauthorize", HOME)).isZero();
        assertThat(terminal.run("list-peers")).isZero();
        assertThat(terminal.out()).contains("(none)", "Total: 0 peer(s)");
    }

    @Test
    void anOptionAfterTheIdIsNotPartOfTheComment() throws Exception {
        configure();
        Path other = directory.resolve("other");
        Files.createDirectory(other);
        RelayConfigFile.at(other.resolve("relay.yaml"), ConfigDirectories.of(Map.of()))
                .create();
        assertThat(terminal.run("authorize", HOME, "home", "--config", "other/relay.yaml"))
                .isZero();
        assertThat(terminal.out()).contains("Comment:    home" + System.lineSeparator());
        assertThat(other.resolve("relay_authorized_keys")).content().contains(HOME + "  # home");
        assertThat(directory.resolve("relay_authorized_keys")).doesNotExist();
    }

    @Test
    void whatIsNoPeerIdIsOneLine() throws Exception {
        configure();
        assertThat(terminal.run("authorize", "12D3nonsense")).isEqualTo(1);
        assertThat(terminal.err().lines())
                .singleElement()
                .asString()
                .startsWith("relay-server: invalid peer ID: \"12D3nonsense\"");
        assertThat(terminal.out()).isEmpty();
        assertThat(directory.resolve("relay_authorized_keys")).doesNotExist();
    }

    @Test
    void nobodyIsAuthorizedTwiceOrTakenOffTwice() throws Exception {
        configure();
        terminal.run("authorize", HOME);
        assertThat(terminal.run("authorize", HOME)).isEqualTo(1);
        assertThat(terminal.err()).contains("peer already authorized");
        terminal.run("deauthorize", HOME);
        assertThat(terminal.run("deauthorize", HOME)).isEqualTo(1);
        assertThat(terminal.err()).contains("peer not found");
    }

    @Test
    void infoTellsHowToReachTheRelayAndMakesNoKey() throws Exception {
        configure();
        assertThat(terminal.run("info")).isEqualTo(1);
        assertThat(terminal.err()).contains("no key yet").contains("relay-server serve");
        assertThat(directory.resolve("relay_node.key")).doesNotExist();

        Identity relay = IdentityFile.at(directory.resolve("relay_node.key")).loadOrCreate();
        assertThat(terminal.run("info")).isZero();
        assertThat(terminal.out().lines())
                .contains(
                        "Peer ID: " + relay.peerId(),
                        "Connection gating: enabled",
                        "Authorized peers: 0",
                        "Multiaddrs:")
                .anyMatch(line -> line.matches("  /ip4/.*/tcp/7777/p2p/" + relay.peerId()));
    }

    @Test
    void aMissingConfigurationIsOneLine() {
        assertThat(terminal.run("info")).isEqualTo(1);
        assertThat(terminal.err().lines()).singleElement().asString().contains("relay-server.yaml");
    }

    @Test
    void aBrokenConfigurationIsNamedByFileAndLine() throws Exception {
        configure();
        Path file = directory.resolve("relay-server.yaml");
        Files.writeString(file, Files.readString(file).replace("security:", "securty:"));
        assertThat(terminal.run("serve")).isEqualTo(1);
        assertThat(terminal.err().lines())
                .singleElement()
                .asString()
                .contains("relay-server.yaml:")
                .contains("securty")
                .contains("security");
    }

    @Test
    void wrongUsageIsStatusTwo() {
        assertThat(terminal.run()).isEqualTo(2);
        assertThat(terminal.err()).contains("missing command", "--help");
        assertThat(terminal.run("serv")).isEqualTo(2);
        assertThat(terminal.run("authorize")).isEqualTo(2);
        assertThat(terminal.run("info", "--no-such-option")).isEqualTo(2);
    }

    @Test
    void helpAndVersionAreAnswers() {
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out()).contains("serve", "authorize", "deauthorize", "list-peers", "info", "version");
        assertThat(terminal.run("version")).isZero();
        assertThat(terminal.out()).startsWith("relay-server ");
    }

    private void configure() throws Exception {
        RelayConfigFile.at(directory.resolve("relay-server.yaml"), ConfigDirectories.of(Map.of()))
                .create();
    }
}
