package io.peerup.host.config;

import io.peerup.host.file.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/** A machine's directories below one temporary one, and files in them. */
record ConfigFolder(Path root) {
    /** What a relay's file cannot do without. */
    static final String RELAY_ESSENTIALS = """
            identity: {key_file: relay_node.key}
            network: {listen_addresses: [/ip4/0.0.0.0/tcp/7777]}
            """;

    ConfigDirectories directories() {
        return new ConfigDirectories(root.resolve("work"), Optional.of(root.resolve("home")), root.resolve("etc"));
    }

    NodeConfigFile node() {
        return NodeConfigFile.at(root.resolve("work/peerup.yaml"), directories());
    }

    NodeConfigFile nodeOn(Disk disk) {
        return new NodeConfigFile(node().path(), directories(), disk);
    }

    RelayConfigFile relay() {
        return RelayConfigFile.at(root.resolve("work/relay-server.yaml"), directories());
    }

    NodeConfigFile node(String text) throws IOException {
        write(node().path(), text.getBytes(StandardCharsets.UTF_8));
        return node();
    }

    RelayConfigFile relay(String text) throws IOException {
        write(relay().path(), text.getBytes(StandardCharsets.UTF_8));
        return relay();
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    static String sample(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ConfigFolder.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
