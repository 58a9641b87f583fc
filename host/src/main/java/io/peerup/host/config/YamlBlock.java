package io.peerup.host.config;

import io.peerup.wire.PeerId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes services as indented lines. */
final class YamlBlock {
    private final String lineBreak;
    private final int step;
    private final StringBuilder lines = new StringBuilder();

    /** {@code step} is how much deeper each level stands. */
    YamlBlock(String lineBreak, int step) {
        this.lineBreak = lineBreak;
        this.step = step;
    }

    YamlBlock services(int column, Map<ServiceName, ServiceEntry> services) {
        services.forEach((name, entry) -> service(column, name, entry));
        return this;
    }

    YamlBlock service(int column, ServiceName name, ServiceEntry entry) {
        int inner = column + step;
        line(column, key(name) + ":");
        line(inner, "enabled: " + entry.enabled());
        line(inner, "local_address: " + quoted(entry.localAddress().toString()));
        entry.protocol().ifPresent(protocol -> line(inner, "protocol: " + quoted(protocol)));
        entry.allowedPeers().ifPresent(peers -> allowedPeers(inner, peers));
        return this;
    }

    YamlBlock line(int column, String text) {
        lines.append(" ".repeat(column)).append(text).append(lineBreak);
        return this;
    }

    String text() {
        return lines.toString();
    }

    /** In double quotes. Texts of a configuration are printable, so that two characters need an escape. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void allowedPeers(int column, Set<PeerId> peers) {
        line(column, "allowed_peers:");
        for (PeerId peer : new TreeSet<>(peers)) {
            line(column + step, "- " + quoted(peer.toString()));
        }
    }

    /** Some labels would be a number or a boolean without quotes. */
    private static String key(ServiceName name) {
        boolean text = new Resolver().resolve(NodeId.scalar, name.value(), true).equals(Tag.STR);
        return text ? name.value() : quoted(name.value());
    }
}
