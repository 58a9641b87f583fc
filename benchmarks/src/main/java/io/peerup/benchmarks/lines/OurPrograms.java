package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Setting;
import io.peerup.testkit.process.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** {@code peerup} and {@code relay-server} as a person runs them: by their launchers, with files of their own. */
record OurPrograms(Path root, Path place) {
    private static final String NOBODY =
            "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWGTbdzSBygXAKLkDWYSMGPmHbYXcGPAFD7WbCpDNxHFHp";

    static OurPrograms in(Setting setting, Path place) {
        return new OurPrograms(setting.root(), place);
    }

    Program relay(int port) throws IOException {
        write("relay/relay-server.yaml", """
                version: 1
                identity: {key_file: identity.key}
                network: {listen_addresses: ["/ip4/127.0.0.1/tcp/%d"]}
                security: {authorized_keys_file: relay_authorized_keys, enable_connection_gating: true}
                resources: {session_data_limit: 0, session_duration: 24h}
                """.formatted(port));
        return start(
                "relay-server",
                "serve",
                "--config",
                place.resolve("relay/relay-server.yaml").toString());
    }

    /** Makes a node and returns its peer ID. */
    String node(String name) throws IOException {
        node(name, 0, NOBODY, "");
        return answer("whoami", "--config", config(name)).strip();
    }

    void node(String name, int port, String relay, String more) throws IOException {
        write(name + "/config.yaml", """
                version: 1
                identity: {key_file: identity.key}
                network: {listen_addresses: ["/ip4/127.0.0.1/tcp/%d"]}
                relay: {addresses: ["%s"]}
                security: {authorized_keys_file: authorized_keys, enable_connection_gating: true}
                %s
                """.formatted(port, relay, more));
    }

    Program daemon(String name) throws IOException {
        return start("peerup", "daemon", "--config", config(name));
    }

    Program proxy(String name, String peer, String service) throws IOException {
        return start("peerup", "proxy", "--config", config(name), peer, service, "0");
    }

    /** What ping prints: round trips, and which way they went. */
    String ping(String name, String peer) throws IOException {
        return answer("ping", "--config", config(name), "-c", "1", peer);
    }

    private String answer(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("peerup").toString()));
        command.addAll(List.of(arguments));
        return Commands.output(command.toArray(String[]::new))
                .orElseThrow(() -> new IOException("peerup " + arguments[0] + " failed"));
    }

    void write(String file, String text) throws IOException {
        Path path = place.resolve(file);
        if (Files.notExists(path)) {
            Files.createDirectories(path.getParent());
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(path, text);
    }

    private String config(String name) {
        return place.resolve(name).resolve("config.yaml").toString();
    }

    private Program start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return Program.start(place, command);
    }
}
