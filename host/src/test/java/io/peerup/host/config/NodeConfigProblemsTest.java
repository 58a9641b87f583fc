package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.peerup.host.file.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake is one line: the file, the line, what is wrong and what to do. */
class NodeConfigProblemsTest {
    @TempDir
    Path root;

    @Test
    void anUnknownKeyIsNamedWithTheNearestKnownOne() throws IOException {
        assertThat(problemAfter("relay:", "relays:"))
                .isEqualTo(at(17) + "unknown key \"relays\" at line 17; did you mean \"relay\"?");
        assertThat(problemAfter("  rendezvous:", "  randevous:"))
                .isEqualTo(at(23) + "unknown key \"randevous\" at line 23; did you mean \"rendezvous\"?");
        assertThat(problemAfter("reservation_interval", "Reservation-Interval"))
                .endsWith("did you mean \"reservation_interval\"?");
        assertThat(problemAfter("    id:", "    wireguard:"))
                .isEqualTo(at(33) + "unknown key \"wireguard\" at line 33; known in protocols.ping_pong: enabled, id");
        assertThat(problemAfter("names: {}", "names: {}\nservices:\n  ssh:\n    local_adress: a:1"))
                .isEqualTo(at(47) + "unknown key \"local_adress\" at line 47; did you mean \"local_address\"?");
    }

    @Test
    void aNewerVersionIsNotGuessedAt() throws IOException {
        assertThat(problemAfter("version: 1", "version: 2\nnovelty: yes"))
                .isEqualTo(
                        at(4) + "version: config version too new: version 2 is newer than supported version 1; please"
                                + " upgrade peerup");
        assertThat(problemAfter("version: 1", "version: two")).startsWith(at(4) + "version: must be a whole number");
    }

    @Test
    void whatIsMissingIsNamedWithALineToAdd() throws IOException {
        assertThat(problemAfter("  key_file: \"identity.key\"", "  # nothing"))
                .endsWith("missing identity.key_file; add a line such as: key_file: identity.key");
        assertThat(problemAfter("  listen_addresses:", "  # listen_addresses:")).startsWith(at(15) + "malformed YAML");
        assertThat(problemAfter("  authorized_keys_file: \"authorized_keys\"", ""))
                .isEqualTo(at(26) + "missing security.authorized_keys_file; add a line such as: authorized_keys_file:"
                        + " authorized_keys");
        assertThat(problemOf("version: 1\n"))
                .isEqualTo(root.resolve("work/peerup.yaml")
                        + ": missing identity.key_file; add a line such as: key_file:" + " identity.key");
        assertThat(problemAfter("names: {}", "names: {}\nservices:\n  ssh:\n    enabled: true"))
                .isEqualTo(at(46) + "missing services.ssh.local_address; add a line such as: local_address:"
                        + " \"127.0.0.1:22\"");
    }

    @Test
    void anEmptyFileSaysSo() throws IOException {
        for (String empty : new String[] {"", "\n\n", "# only a comment\n", "---\n", "~\n", "\uFEFF"}) {
            assertThat(problemOf(empty)).contains("empty");
        }
        assertThat(problemOf("just words\n"))
                .isEqualTo(at(1) + "no configuration; it begins with lines such as:" + " version: 1");
        assertThat(problemOf("- a\n- list\n")).startsWith(at(1) + "no configuration");
    }

    @Test
    void aWrongTypeIsNamed() throws IOException {
        assertThat(problemAfter("force_private_reachability: false", "force_private_reachability: \"false\""))
                .isEqualTo(at(15) + "network.force_private_reachability: must be true or false, without quotes, not"
                        + " \"false\"");
        assertThat(problemAfter("  bootstrap_peers: []", "  bootstrap_peers: {}"))
                .isEqualTo(at(24) + "discovery.bootstrap_peers: must be a list, one \"- value\" per line, not keys with"
                        + " values");
        assertThat(problemAfter("  bootstrap_peers: []", "  bootstrap_peers: [[]]"))
                .isEqualTo(at(24) + "discovery.bootstrap_peers: must be text, not a list");
        assertThat(problemAfter("names: {}", "names: home")).contains("names: must hold indented keys, not \"home\"");
        assertThat(problemAfter("names: {}", "names: {home: }")).contains("names.home: must be text, not nothing");
        assertThat(problemAfter("names: {}", "names: {[a]: b}")).contains("a key must be a word");
    }

    @Test
    void wrongValuesAreNamed() throws IOException {
        assertThat(problemAfter("\"2m\"", "2 minutes"))
                .isEqualTo(
                        at(20) + "relay.reservation_interval: \"2 minutes\" is no duration; write it like 300ms, 30s,"
                                + " 2m or 1h30m");
        assertThat(problemAfter("\"2m\"", "0s"))
                .isEqualTo(at(20) + "relay.reservation_interval: must be from 1s to 24h0m0s, not 0s");
        assertThat(problemAfter("\"/ip6/::/tcp/0\"", "\"/ip6/::/tcp/99999\""))
                .startsWith(at(13) + "network.listen_addresses: invalid address \"/ip6/::/tcp/99999\"");
        assertThat(problemAfter("/p2p/" + Peers.RELAY, ""))
                .startsWith(at(19) + "relay.addresses: invalid address")
                .contains("must end in the peer ID");
        assertThat(problemAfter("/p2p/" + Peers.RELAY, "/p2p/" + Peers.RELAY + "/p2p-circuit/p2p/" + Peers.HOME))
                .startsWith(at(19) + "relay.addresses: invalid relay address");
        assertThat(problemAfter("/pingpong/1.0.0", "pingpong")).startsWith(at(33) + "protocols.ping_pong.id:");
        assertThat(problemAfter("\"peerup-default-network\"", "\"\"")).startsWith(at(23) + "discovery.rendezvous: is");
    }

    @Test
    void aBadPeerIdIsNotPassedOver() throws IOException {
        String cut = Peers.HOME.toString().substring(0, 40);
        assertThat(problemAfter("names: {}", "names:\n  home: " + cut))
                .startsWith(at(45) + "names.home: invalid peer ID \"" + cut + "\"")
                .endsWith("correct or remove it");
        assertThat(problemAfter(
                        "names: {}",
                        "services:\n  ssh:\n    local_address: a:1\n    allowed_peers:\n      - " + Peers.HOME
                                + "\n      - 12D3KooW..."))
                .startsWith(at(49) + "services.ssh.allowed_peers: invalid peer ID \"12D3KooW...\"");
    }

    @Test
    void aBadServiceIsNamed() throws IOException {
        assertThat(problemAfter("names: {}", "services:\n  Web: {local_address: a:1}"))
                .startsWith(at(45) + "services.Web: invalid service name: \"Web\"");
        assertThat(problemAfter("names: {}", "services:\n  kad: {local_address: a:1}"))
                .contains("reserved");
        assertThat(problemAfter("names: {}", "services:\n  web: {local_address: 80}"))
                .startsWith(at(45) + "services.web.local_address: \"80\" is no host:port");
    }

    @Test
    void aKeyThatIsThereTwiceIsNamedWithBothLines() throws IOException {
        assertThat(problemAfter("names: {}", "names:\n  home: " + Peers.HOME + "\n  home: " + Peers.RELAY))
                .isEqualTo(at(46) + "\"home\" is there twice, at line 45 and line 46; remove one");
        assertThat(problemAfter("names: {}", "names: {}\nversion: 1"))
                .contains("is there twice, at line 4 and line 45");
    }

    @Test
    void malformedYamlIsNamedWithItsLine() throws IOException {
        assertThat(problemAfter("  force_private", "\tforce_private"))
                .startsWith(at(15) + "malformed YAML (")
                .endsWith("); correct this line or the one before it");
        assertThat(problemAfter("\"2m\"", "\"2m")).contains(": malformed YAML (");
        assertThat(problemAfter("names: {}", "names: {}\n---\nversion: 1")).contains("another document");
    }

    private String at(int line) {
        return root.resolve("work/peerup.yaml") + ":" + line + ": ";
    }

    private String problemAfter(String text, String becomes) throws IOException {
        String sample = ConfigFolder.sample("fresh-node.yaml");
        assertThat(sample).contains(text);
        return problemOf(sample.replace(text, becomes));
    }

    private String problemOf(String text) throws IOException {
        NodeConfigFile file = new ConfigFolder(root).node(text);
        String problem = catchThrowableOfType(FileProblem.class, file::load).getMessage();
        assertThat(problem.lines()).hasSize(1);
        return problem;
    }
}
