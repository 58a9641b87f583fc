package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.host.file.FileProblem;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to whatever file: it reads as the model says, and no comment is lost. */
class ServiceEditPropertiesTest {
    private static final Path FILE = Path.of("/c/peerup.yaml");

    @Property(tries = 600)
    void anyEditsOfAnyFileMeanWhatTheySay(@ForAll("files") String text, @ForAll("edits") List<Edit> edits)
            throws FileProblem {
        NodeConfig start = read(text);
        Map<ServiceName, ServiceEntry> model = new LinkedHashMap<>(start.services());
        String now = text;
        for (Edit edit : edits) {
            now = edit.apply(now, model);

            assertThat(read(now)).isEqualTo(start.withServices(model));
            assertThat(List.copyOf(read(now).services().keySet())).isEqualTo(List.copyOf(model.keySet()));
            assertThat(comments(now)).containsExactlyInAnyOrderElementsOf(comments(text));
            if (text.contains("\r\n")) {
                assertThat(now.replace("\r\n", "")).doesNotContain("\n");
            }
        }
    }

    @Provide
    Arbitrary<String> files() throws IOException {
        String fresh = ConfigFolder.sample("fresh-node.yaml");
        String full = ConfigFolder.sample("home-node.yaml");
        String block = """
                services: %s
                  # first
                  web:
                    # inside
                    local_address: "a:80" # here
                    allowed_peers:
                    - %s
                    # deep
                #left

                  ssh: # none
                    local_address: a:1
                    enabled: false
                """.formatted("#\tmine", Peers.HOME);
        Arbitrary<String> services = Arbitraries.of(
                "",
                block,
                block + "   # last",
                "services: {}\n",
                "services:   # none yet\n",
                "services:\n\n# none\n",
                "services:\n  {}\n",
                "services: {ssh: {local_address: a:1}, nas: {enabled: true, local_address: b:2}}  # all\n",
                "services: {\n  ssh: {\n    local_address: a:1},\n}\n",
                "\"services\":\n  'ssh': {local_address: a:1}\n  web:\n      local_address:\n        a:2\n",
                "services:\n  web:\n    local_address: a:1\n    allowed_peers: &f [" + Peers.HOME
                        + "]\n  x:\n    local_address: b:1\n    allowed_peers: *f # too\n",
                "services:\n  ssh:\n    local_address: >-\n      a:1\n\n  nas:\n    local_address: |-\n      b:2\n");
        Arbitrary<String> positions = Combinators.combine(services, Arbitraries.of(0, 1, 2))
                .as((part, position) -> switch (position) {
                    case 0 -> part + (part.endsWith("\n") || part.isEmpty() ? "" : "\n") + fresh;
                    case 1 -> fresh.replace("names: {}\n", part + (part.endsWith("\n") ? "" : "\n") + "names: {}\n");
                    default -> fresh + part;
                });
        return Combinators.combine(
                        Arbitraries.oneOf(positions, Arbitraries.just(full)),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((text, windows, cut) -> {
                    String whole = cut ? text.stripTrailing() : text;
                    return windows ? whole.replace("\n", "\r\n") : whole;
                });
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<ServiceName> names =
                Arbitraries.of("ssh", "web", "nas", "x", "80", "no").map(ServiceName::new);
        Arbitrary<ServiceEntry> entries = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(
                                Optional.<Set<PeerId>>empty(),
                                Optional.of(Set.of(Peers.HOME)),
                                Optional.of(Set.of(Peers.HOME, Peers.RELAY))),
                        Arbitraries.of(Optional.<String>empty(), Optional.of("/p/\"\\#: 1")))
                .as((enabled, peers, protocol) ->
                        new ServiceEntry(enabled, new HostAndPort("::1", 22), peers, protocol));
        Arbitrary<Edit> add = Combinators.combine(names, entries).as(Add::new);
        Arbitrary<Edit> remove = names.map(Remove::new);
        Arbitrary<Edit> change =
                Combinators.combine(names, Arbitraries.of(true, false)).as(Switch::new);
        return Arbitraries.oneOf(add, remove, change).list().ofMaxSize(8);
    }

    sealed interface Edit {
        String apply(String text, Map<ServiceName, ServiceEntry> model) throws FileProblem;
    }

    record Add(ServiceName name, ServiceEntry entry) implements Edit {
        @Override
        public String apply(String text, Map<ServiceName, ServiceEntry> model) throws FileProblem {
            if (model.putIfAbsent(name, entry) != null) {
                return text;
            }
            return ServicesText.of(FILE, text).with(name, model);
        }
    }

    record Remove(ServiceName name) implements Edit {
        @Override
        public String apply(String text, Map<ServiceName, ServiceEntry> model) throws FileProblem {
            boolean lender = text.contains("&f") && name.value().equals("web");
            if (lender || model.remove(name) == null) {
                return text;
            }
            return ServicesText.of(FILE, text).without(name, model);
        }
    }

    record Switch(ServiceName name, boolean enabled) implements Edit {
        @Override
        public String apply(String text, Map<ServiceName, ServiceEntry> model) throws FileProblem {
            ServiceEntry entry = model.get(name);
            if (entry == null || entry.enabled() == enabled) {
                return text;
            }
            model.put(name, entry.withEnabled(enabled));
            return ServicesText.of(FILE, text).withEnabled(name, enabled);
        }
    }

    private static List<String> comments(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#"))
                .toList();
    }

    private static NodeConfig read(String text) throws FileProblem {
        return NodeConfigReader.read(FILE, new ConfigFolder(Path.of("/c")).directories(), text);
    }
}
