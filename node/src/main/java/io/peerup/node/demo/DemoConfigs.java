package io.peerup.node.demo;

import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.FileProblem;
import java.nio.file.Path;

/** Configuration files as a person would write them for loopback. */
final class DemoConfigs {
    private DemoConfigs() {}

    static Path relay(DemoMachine relay) throws FileProblem {
        return write(relay.directory().resolve("relay-server.yaml"), """
                version: 1
                identity:
                  key_file: "identity.key"
                network:
                  listen_addresses: ["/ip4/127.0.0.1/tcp/0"]
                security:
                  authorized_keys_file: "relay_authorized_keys"
                  enable_connection_gating: true
                """);
    }

    /** A node that calls {@code friend} by its name and offers {@code services}. */
    static Path node(DemoMachine node, String relayAddress, DemoMachine friend, String services) throws FileProblem {
        return write(node.directory().resolve("config.yaml"), """
                version: 1
                identity:
                  key_file: "identity.key"
                network:
                  listen_addresses: ["/ip4/127.0.0.1/tcp/0"]
                relay:
                  addresses: ["%s"]
                security:
                  authorized_keys_file: "authorized_keys"
                  enable_connection_gating: true
                names:
                  %s: "%s"
                %s""".formatted(
                        relayAddress, friend.name(), friend.peerId(), services));
    }

    static String webOn(int port) {
        return """
                services:
                  web:
                    enabled: true
                    local_address: "127.0.0.1:%d"
                """.formatted(port);
    }

    private static Path write(Path file, String text) throws FileProblem {
        AtomicFile.write(file, text);
        return file;
    }
}
