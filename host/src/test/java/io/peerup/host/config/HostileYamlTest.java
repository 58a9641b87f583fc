package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileYamlTest {
    private static final Path FILE = Path.of("/c/peerup.yaml");

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]",
                "!!java.io.File /etc/passwd",
                "names: !!java.util.HashMap {}",
                "identity: {key_file: !!java.io.File /etc/passwd}",
                "identity: !com.example.Evil {key_file: k}",
                "identity: {key_file: !!binary aWRlbnRpdHk=}",
                "version: !!int [1]"
            })
    void aTagMakesNoObject(String text) {
        assertThat(problemOf(text)).isNotEmpty();
    }

    @Test
    void deepNestingStopsEarly() {
        assertThat(problemOf("names: " + "[".repeat(100_000))).isNotEmpty();
        assertThat(problemOf("names: " + "{a: ".repeat(100_000))).isNotEmpty();
        assertThat(problemOf("- ".repeat(100_000))).isNotEmpty();
        assertThat(problemOf("? ".repeat(100_000))).isNotEmpty();
    }

    @Test
    void aliasesDoNotMultiply() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String previous = "*a" + (i - 1);
            laughs.append("a" + i + ": &a" + i + " [" + String.join(", ", previous, previous, previous) + "]\n");
        }
        assertThat(problemOf(laughs.toString())).contains("aliases");
        assertThat(problemOf(essentials() + "names: &n {me: *n}")).contains("names.me: must be text");
        assertThat(problemOf("&a [*a]")).contains("no configuration");
        assertThat(problemOf("<<: {version: 1}")).contains("unknown key \"<<\"");
    }

    @Test
    void friendsMayShareAListByAlias() throws Exception {
        NodeConfig config = NodeConfigReader.read(
                FILE, directories(), ConfigFolder.sample("fresh-node.yaml") + """
                        services:
                          ssh:
                            local_address: "127.0.0.1:22"
                            allowed_peers: &friends [%s]
                          web:
                            local_address: "127.0.0.1:80"
                            allowed_peers: *friends
                        """.formatted(Peers.HOME));

        assertThat(config.services().values())
                .allSatisfy(service ->
                        assertThat(service.allowedPeers().orElseThrow()).containsExactly(Peers.HOME));
    }

    @Test
    void tenThousandKeysAreRefusedWhereTheyDoNotBelong() {
        String keys =
                IntStream.range(0, 10_000).mapToObj(i -> "  k" + i + ": v\n").collect(Collectors.joining());
        assertThat(problemOf("identity:\n" + keys)).contains("unknown key \"k0\" at line 2");
        assertThat(problemOf(essentials() + "services:\n" + keys.replace(": v", ": {local_address: a:1}")))
                .contains("at most " + NodeConfigReader.MAX_SERVICES);
    }

    @Test
    void tenThousandNamesAreReadAndNoMore() throws Exception {
        String names = IntStream.range(0, NodeConfigReader.MAX_NAMES)
                .mapToObj(i -> "  n" + i + ": " + Peers.HOME + "\n")
                .collect(Collectors.joining());

        assertThat(NodeConfigReader.read(FILE, directories(), essentials() + "names:\n" + names)
                        .names())
                .hasSize(NodeConfigReader.MAX_NAMES);
        assertThat(problemOf(essentials() + "names:\n" + names + "  more: " + Peers.HOME))
                .contains("names.more: is one name too many");
    }

    @Test
    void aMegabyteInOneScalarIsRefused() {
        String million = "x".repeat(1_000_000);
        assertThat(problemOf("identity: {key_file: " + million + "}")).contains("longer than 4096 characters");
        assertThat(problemOf("identity: {key_file: \"" + million + "\"}")).contains("longer than 4096 characters");
        assertThat(problemOf("version: " + "1".repeat(1_000_000))).contains("version: must be a whole number");
        assertThat(problemOf(million + ": 1")).isNotEmpty();
        assertThat(problemOf("? " + million + "\n: 1")).contains("too long");
        assertThat(problemOf("%YAML " + "9".repeat(1_000) + ".1\n---\na: 1")).isNotEmpty();
        assertThat(problemOf("a: \"\\UFFFFFFFF\"")).isNotEmpty();
        assertThat(problemOf("identity: {key_file: \"a\\0b\"}")).contains("cannot be printed");
    }

    @Test
    void aFileOfMoreThanAMegabyteIsNotRead() throws IOException {
        NodeConfigFile file = new ConfigFolder(root).node("#".repeat(NodeConfigFile.MAX_BYTES + 1));

        assertThatThrownBy(file::load)
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        ConfigFolder folder = new ConfigFolder(root);
        Path path = folder.node("").path();
        Files.write(path, new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> folder.node().load())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("not UTF-8");
        Files.write(path, "version: 1\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> folder.node().load())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("U+0000");
        Files.write(path, "version: 1\n# \u0000\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> folder.node().load())
                .isInstanceOf(FileProblem.class)
                .hasMessage(path + ":2: the character U+0000 does not belong in a text file; remove it");
        Files.write(path, "version: 1 # \u001B[31m\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> folder.node().load())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("U+001B");
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        ConfigFolder folder = new ConfigFolder(root);
        Files.createDirectories(folder.node().path());
        assertThatThrownBy(() -> folder.node().load())
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("is a directory");
    }

    @Property(tries = 2000)
    void noTextEscapesAsAnythingButAProblem(@ForAll("texts") String text) {
        try {
            NodeConfigReader.read(FILE, directories(), text);
        } catch (FileProblem problem) {
            assertThat(problem.getMessage().lines()).hasSize(1);
        }
        try {
            RelayConfigReader.read(FILE, directories(), text);
        } catch (FileProblem problem) {
            assertThat(problem.getMessage().lines()).hasSize(1);
        }
    }

    @Property(tries = 500)
    void noDamageEscapesAsAnythingButAProblem(@ForAll("damaged") String text) {
        noTextEscapesAsAnythingButAProblem(text);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "version",
                ": ",
                "\n",
                "  ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ", ",
                "*a",
                "&a ",
                "!!str ",
                "!<",
                ">",
                "|",
                "?",
                "'",
                "\"",
                "\\",
                "#",
                "%",
                "@",
                "`",
                "\t",
                "\r\n",
                "identity",
                "services",
                "names",
                "~",
                "---\n",
                "...\n",
                "<<",
                "1",
                "ssh",
                "\uD83D\uDE00",
                "\u0085",
                "\u2028",
                "\\U0010FFFF",
                "\\xZZ",
                "%YAML 1.1\n",
                "!!binary ",
                "=");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(30).map(all -> String.join("", all)), Arbitraries.strings());
    }

    @Provide
    Arbitrary<String> damaged() {
        String sample;
        try {
            sample = ConfigFolder.sample("home-node.yaml");
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
        return Arbitraries.integers()
                .between(0, sample.length() - 1)
                .flatMap(at -> Arbitraries.of(
                                "", "\n", ":", "\t", "[", "}", "\"", "#", "*", "&", "!", "\uFEFF", " ", "- ")
                        .flatMap(piece -> Arbitraries.integers()
                                .between(0, Math.min(5, sample.length() - at))
                                .map(cut -> sample.substring(0, at) + piece + sample.substring(at + cut))));
    }

    private static String essentials() {
        return "identity: {key_file: k}\nnetwork: {listen_addresses: [/ip4/0.0.0.0/tcp/0]}\n"
                + "relay: {addresses: [/ip4/127.0.0.1/tcp/1/p2p/" + Peers.RELAY + "]}\n";
    }

    private static String problemOf(String text) {
        try {
            NodeConfigReader.read(FILE, directories(), text);
        } catch (FileProblem problem) {
            assertThat(problem.getMessage().lines()).hasSize(1);
            return problem.getMessage();
        }
        throw new AssertionError("was read");
    }

    private static ConfigDirectories directories() {
        return new ConfigFolder(Path.of("/c")).directories();
    }
}
