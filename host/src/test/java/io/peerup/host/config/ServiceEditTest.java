package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEditTest {
    private static final String ESSENTIALS = """
            identity: {key_file: k}
            network: {listen_addresses: [/ip4/0.0.0.0/tcp/0]}
            relay: {addresses: [/ip4/127.0.0.1/tcp/1/p2p/%s]}
            """.formatted(Peers.RELAY);
    private static final ServiceName SSH = new ServiceName("ssh");
    private static final ServiceName WEB = new ServiceName("web");
    private static final ServiceEntry SSH_HERE = ServiceEntry.at(new HostAndPort("127.0.0.1", 22));

    @TempDir
    Path root;

    @Test
    void aFreshConfigurationWhoseServicesAreACommentTakesAService() throws IOException {
        String fresh = ConfigFolder.sample("fresh-node.yaml");
        NodeConfigFile file = new ConfigFolder(root).node(fresh);

        assertThat(file.addService(SSH, SSH_HERE)).isTrue();

        assertThat(Files.readString(file.path())).isEqualTo(fresh + """

                        services:
                          ssh:
                            enabled: true
                            local_address: "127.0.0.1:22"
                        """);
        assertThat(file.load().services()).containsOnlyKeys(SSH);
        assertThat(FileMode.of(file.path())).contains(FileMode.OWNER_ONLY);
    }

    @Test
    void aServiceThatIsThereStaysAsItIs() throws IOException {
        NodeConfigFile file = new ConfigFolder(root).node(ConfigFolder.sample("home-node.yaml"));

        assertThat(file.addService(SSH, SSH_HERE)).isFalse();

        assertThat(file.path()).hasContent(ConfigFolder.sample("home-node.yaml"));
    }

    @Test
    void anotherServiceGoesBehindTheLastWithItsIndentation() throws IOException {
        assertThat(afterAdding(WEB, """
                services:
                    # for the family
                    ssh:
                        enabled: true
                        local_address: a:22
                        # allowed_peers: []

                    # more to come
                names: {}
                """)).isEqualTo("""
                services:
                    # for the family
                    ssh:
                        enabled: true
                        local_address: a:22
                        # allowed_peers: []
                    web:
                        enabled: true
                        local_address: "127.0.0.1:22"

                    # more to come
                names: {}
                """);
    }

    @Test
    void theFilesOwnStepIsKept() throws IOException {
        NodeConfigFile file = new ConfigFolder(root).node(ConfigFolder.sample("home-node.yaml"));

        file.addService(
                new ServiceName("vnc"),
                new ServiceEntry(
                        false,
                        new HostAndPort("::1", 5900),
                        Optional.of(Set.of(Peers.HOME, Peers.RELAY)),
                        Optional.of("/a\"b\\c")));

        assertThat(Files.readString(file.path()))
                .contains("""
                    nas: {enabled: true, local_address: ":445", allowed_peers: []}
                    vnc:
                        enabled: false
                        local_address: "[::1]:5900"
                        protocol: "/a\\"b\\\\c"
                        allowed_peers:
                            - "%s"
                            - "%s"
                names:
                """.formatted(Peers.HOME, Peers.RELAY).indent(0));
    }

    @Test
    void emptyServicesTakeOne() throws IOException {
        String added = """
                  ssh:
                    enabled: true
                    local_address: "127.0.0.1:22"
                """;
        assertThat(afterAdding(SSH, "services: {}\nnames: {}\n")).isEqualTo("services:\n" + added + "names: {}\n");
        assertThat(afterAdding(SSH, "services: {}  # none\n")).isEqualTo("services:  # none\n" + added);
        assertThat(afterAdding(SSH, "services:   # none\n  # a\n"))
                .isEqualTo("services:   # none\n" + added + "  # a\n");
        assertThat(afterAdding(SSH, "services: ~\n")).isEqualTo("services:\n" + added);
        assertThat(afterAdding(SSH, "services: null")).isEqualTo("services:\n" + added);
        assertThat(afterAdding(SSH, "services:")).isEqualTo("services:\n" + added);
        assertThat(afterAdding(SSH, "\"services\":\n")).isEqualTo("\"services\":\n" + added);
    }

    @Test
    void servicesInBracesBecomeLines() throws IOException {
        String inBraces = "services: {web: {local_address: \"a:80\", allowed_peers: [" + Peers.HOME + "]}} # mine\n";
        String asLines = """
                services: # mine
                  web:
                    enabled: false
                    local_address: "a:80"
                    allowed_peers:
                      - "%s"
                """.formatted(Peers.HOME);

        assertThat(afterAdding(SSH, inBraces)).isEqualTo(asLines + """
                  ssh:
                    enabled: true
                    local_address: "127.0.0.1:22"
                """);
        assertThat(afterEnabling(WEB, inBraces)).isEqualTo(inBraces.replace("{local", "{enabled: true, local"));
        assertThat(afterRemoving(WEB, inBraces)).isEqualTo("services: {} # mine\n");
        assertRefused("services: {web: {local_address: a:80 # my page\n}}\n");
    }

    @Test
    void switchingChangesOneWord() throws IOException {
        assertThat(afterEnabling(SSH, "services:\n  ssh:\n    enabled: no   # for now\n    local_address: a:1\n"))
                .isEqualTo("services:\n  ssh:\n    enabled: true   # for now\n    local_address: a:1\n");
        assertThat(afterEnabling(SSH, "services:\n  ssh:\n    # new\n    local_address: a:1\n"))
                .isEqualTo("services:\n  ssh:\n    # new\n    enabled: true\n    local_address: a:1\n");
        assertThat(afterEnabling(SSH, "services:\n  ssh:\n    enabled:\n    local_address: a:1\n"))
                .isEqualTo("services:\n  ssh:\n    enabled: true\n    local_address: a:1\n");
        assertThat(afterEnabling(SSH, "services:\n  ssh: {local_address: a:1, enabled: false}\n"))
                .isEqualTo("services:\n  ssh: {local_address: a:1, enabled: true}\n");
        NodeConfigFile file = file("services:\n  ssh: {local_address: a:1, enabled: false}\n");
        assertThat(file.setServiceEnabled(SSH, false)).isFalse();
    }

    @Test
    void removalTakesTheServiceAndLeavesEveryComment() throws IOException {
        String two = """
                # before
                services: # mine
                  # remote shell
                  ssh:
                    enabled: true # on
                    # only here
                    local_address: a:22
                    allowed_peers:
                      - %s
                      # - nobody else
                  # pages
                  web: {local_address: a:80}

                # after
                names: {}
                """.formatted(Peers.HOME);

        assertThat(afterRemoving(SSH, two)).isEqualTo("""
                # before
                services: # mine
                  # remote shell
                    # only here
                      # - nobody else
                  # pages
                  web: {local_address: a:80}

                # after
                names: {}
                """);
        NodeConfigFile file = file(two);
        file.removeService(SSH);
        file.removeService(WEB);
        assertThat(Files.readString(file.path())).endsWith("""
                # before
                services: {} # mine
                  # remote shell
                    # only here
                      # - nobody else
                  # pages

                # after
                names: {}
                """);
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkStay() throws IOException {
        NodeConfigFile file = new ConfigFolder(root)
                .node("\uFEFF"
                        + (ESSENTIALS + "services:\n  web: {local_address: a:80}\nnames: {}").replace("\n", "\r\n"));

        file.addService(SSH, SSH_HERE);

        assertThat(Files.readString(file.path())).isEqualTo("\uFEFF" + (ESSENTIALS + """
                                services:
                                  web: {local_address: a:80}
                                  ssh:
                                    enabled: true
                                    local_address: "127.0.0.1:22"
                                names: {}""").replace("\n", "\r\n"));
    }

    @Test
    void aLabelThatLooksLikeANumberOrABooleanStaysALabel() throws IOException {
        NodeConfigFile file = file("");
        for (String name : List.of("80", "no", "null", "1e3", "0x1f", "true", "y")) {
            file.addService(new ServiceName(name), SSH_HERE);
            assertThat(file.load().services()).containsKey(new ServiceName(name));
        }
    }

    @Test
    void commentsMayHoldAnything() throws IOException {
        assertThat(afterAdding(SSH, "# \uD83D\uDE00 services: {}\n#\tservices:\t\n# ü\nservices: {} # \uD83D\uDE00\n"))
                .isEqualTo("""
                        # \uD83D\uDE00 services: {}
                        #\tservices:\t
                        # ü
                        services: # \uD83D\uDE00
                          ssh:
                            enabled: true
                            local_address: "127.0.0.1:22"
                        """);
    }

    @Test
    void whatOnlyAPersonCanChangeIsLeftAlone() throws IOException {
        assertRefused("names: &n {}\nservices: *n\n");
        assertRefused("...\n");
        assertRefused("services:\n  web:\n    local_address: &a a:1\n    protocol:\n      *a\n");
        String json =
                "{\"identity\": {\"key_file\": \"k\"}, \"network\": {\"listen_addresses\": [\"/ip4/0.0.0.0/tcp/0\"]},"
                        + " \"relay\": {\"addresses\": [\"/ip4/127.0.0.1/tcp/1/p2p/" + Peers.RELAY + "\"]}}\n";
        NodeConfigFile file = new ConfigFolder(root).node(json);
        assertThatThrownBy(() -> file.addService(SSH, SSH_HERE))
                .isInstanceOf(FileProblem.class)
                .hasMessageEndingWith("nothing was changed, edit the file by hand");
        assertThat(file.path()).hasContent(json);
    }

    @Test
    void aServiceThatOthersBorrowFromIsNotRemoved() throws IOException {
        String borrowed = "services:\n  ssh: &s\n    local_address: a:1\n  web: *s\n";
        NodeConfigFile file = file(borrowed);

        assertThatThrownBy(() -> file.removeService(SSH)).isInstanceOf(FileProblem.class);
        assertThatThrownBy(() -> file.setServiceEnabled(SSH, true)).isInstanceOf(FileProblem.class);
        assertThatThrownBy(() -> file.setServiceEnabled(WEB, true)).isInstanceOf(FileProblem.class);

        assertThat(file.path()).hasContent(ESSENTIALS + borrowed);
        file.removeService(WEB);
        assertThat(file.load().services()).containsOnlyKeys(SSH);
    }

    @Test
    void anUnknownServiceIsNamedWithThoseThatAre() throws IOException {
        NodeConfigFile file = file("services: {ssh: {local_address: a:1}, web: {local_address: a:1}}\n");

        for (ThrowingCallable edit : List.<ThrowingCallable>of(
                () -> file.removeService(new ServiceName("vnc")),
                () -> file.setServiceEnabled(new ServiceName("vnc"), true))) {
            assertThatThrownBy(edit)
                    .isInstanceOf(FileProblem.class)
                    .hasMessage("service not found: vnc in " + file.path() + "; it has: ssh, web");
        }
    }

    @Test
    void aBrokenOrMissingFileIsNotEdited() throws IOException {
        ConfigFolder folder = new ConfigFolder(root);
        assertThatThrownBy(() -> folder.node().addService(SSH, SSH_HERE))
                .isInstanceOf(FileProblem.class)
                .hasMessageStartingWith(
                        "config file not found: " + folder.node().path());
        NodeConfigFile broken = file("relays: {}\n");
        assertThatThrownBy(() -> broken.addService(SSH, SSH_HERE))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining(":4: unknown key \"relays\"");
    }

    @Test
    void aFileThatIsFullTakesNoMore() throws IOException {
        String text = ESSENTIALS + "#".repeat(NodeConfigFile.MAX_BYTES - ESSENTIALS.length());
        NodeConfigFile file = new ConfigFolder(root).node(text);

        assertThatThrownBy(() -> file.addService(SSH, SSH_HERE))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("nothing was changed");

        assertThat(file.path()).hasContent(text);
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        NodeConfigFile file = file("");
        Path link = root.resolve("work/link.yaml");
        Files.createSymbolicLink(link, file.path());

        NodeConfigFile.at(link, file.directories()).addService(SSH, SSH_HERE);

        assertThat(link).isSymbolicLink();
        assertThat(file.load().services()).containsOnlyKeys(SSH);
    }

    @Test
    void servicesThatAreAddedAtTheSameTimeAreAllKept() throws Exception {
        NodeConfigFile file = file("");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> additions = IntStream.range(0, 16)
                    .<Callable<Boolean>>mapToObj(i -> () -> file.addService(new ServiceName("s" + i), SSH_HERE))
                    .toList();
            threads.invokeAll(additions);
        }

        assertThat(file.load().services()).hasSize(16);
    }

    private NodeConfigFile file(String more) throws IOException {
        return new ConfigFolder(root).node(ESSENTIALS + more);
    }

    private String afterAdding(ServiceName name, String services) throws IOException {
        NodeConfigFile file = file(services);
        assertThat(file.addService(name, SSH_HERE)).isTrue();
        return rest(file);
    }

    private String afterRemoving(ServiceName name, String services) throws IOException {
        NodeConfigFile file = file(services);
        file.removeService(name);
        return rest(file);
    }

    private String afterEnabling(ServiceName name, String services) throws IOException {
        NodeConfigFile file = file(services);
        assertThat(file.setServiceEnabled(name, true)).isTrue();
        return rest(file);
    }

    private static String rest(NodeConfigFile file) throws IOException {
        String text = Files.readString(file.path());
        assertThat(text).startsWith(ESSENTIALS);
        return text.substring(ESSENTIALS.length());
    }

    private void assertRefused(String services) throws IOException {
        NodeConfigFile file = file(services);
        assertThatThrownBy(() -> file.addService(SSH, SSH_HERE)).isInstanceOf(FileProblem.class);
        assertThat(file.path()).hasContent(ESSENTIALS + services);
    }
}
