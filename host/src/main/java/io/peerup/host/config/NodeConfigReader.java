package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a node's configuration, strictly: what is not understood is a problem with a line. */
final class NodeConfigReader {
    static final int MAX_SERVICES = 1000;
    static final int MAX_ALLOWED_PEERS = 1000;
    static final int MAX_NAMES = 10_000;

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MOST_INTERVAL = Duration.ofHours(24);

    private NodeConfigReader() {}

    static NodeConfig read(Path file, ConfigDirectories directories, String text) throws FileProblem {
        YamlSection root = YamlSection.root(file, text);
        SharedSections shared = new SharedSections(file, directories, root);
        root.requireOnly(
                "version",
                "identity",
                "network",
                "relay",
                "discovery",
                "security",
                "protocols",
                "services",
                "names",
                "telemetry",
                "limits");
        YamlSection network = root.section("network");
        network.requireOnly("listen_addresses", "force_private_reachability", "resource_limits_enabled");
        // limits are always on; the original's switch must only be well-formed
        SharedSections.flag(network, "resource_limits_enabled", true);
        YamlSection relay = root.section("relay");
        relay.requireOnly("addresses", "reservation_interval");
        YamlSection discovery = root.section("discovery");
        discovery.requireOnly("rendezvous", "bootstrap_peers");
        return new NodeConfig(
                file,
                shared.identityKeyFile("identity.key"),
                shared.listenAddresses(network),
                SharedSections.flag(network, "force_private_reachability", false),
                relays(shared, relay),
                SharedSections.duration(
                        relay,
                        "reservation_interval",
                        NodeConfig.DEFAULT_RESERVATION_INTERVAL,
                        LEAST_INTERVAL,
                        MOST_INTERVAL),
                rendezvous(discovery),
                bootstrapPeers(shared, discovery),
                shared.security("authorized_keys"),
                pingPong(root.section("protocols")),
                services(root.section("services")),
                names(root.section("names")),
                shared.telemetry(),
                LimitsSection.read(root.section("limits")));
    }

    private static List<Multiaddr> relays(SharedSections shared, YamlSection relay) throws FileProblem {
        YamlValue value = relay.required("addresses", "addresses: [\"/ip4/203.0.113.50/tcp/7777/p2p/12D3KooW...\"]");
        return SharedSections.atLeastOne(value, shared.addresses(value, WrittenAddress::relayAddress));
    }

    private static String rendezvous(YamlSection discovery) throws FileProblem {
        Optional<YamlValue> value = discovery.value("rendezvous");
        if (value.isEmpty()) {
            return NodeConfig.DEFAULT_RENDEZVOUS;
        }
        if (value.get().text().isBlank()) {
            throw value.get().problem("is empty; name the network, such as: " + NodeConfig.DEFAULT_RENDEZVOUS);
        }
        return value.get().text();
    }

    private static List<Multiaddr> bootstrapPeers(SharedSections shared, YamlSection discovery) throws FileProblem {
        Optional<YamlValue> value = discovery.value("bootstrap_peers");
        return value.isEmpty() ? List.of() : shared.addresses(value.get(), WrittenAddress::peerAddress);
    }

    private static PingPong pingPong(YamlSection protocols) throws FileProblem {
        protocols.requireOnly("ping_pong");
        YamlSection pingPong = protocols.section("ping_pong");
        pingPong.requireOnly("enabled", "id");
        Optional<YamlValue> id = pingPong.value("id");
        return new PingPong(
                SharedSections.flag(pingPong, "enabled", pingPong.isAbsent()),
                id.isEmpty() ? PingPong.DEFAULT_ID : id.get().as(NodeConfigReader::protocol));
    }

    private static ProtocolId protocol(String text) throws InvalidValue {
        if (!text.startsWith("/") || text.length() > ProtocolId.MAX_BYTES / 4) {
            throw InvalidValue.of(text, "protocol", PingPong.DEFAULT_ID.value());
        }
        return ProtocolId.of(text);
    }

    private static Map<ServiceName, ServiceEntry> services(YamlSection section) throws FileProblem {
        Map<ServiceName, ServiceEntry> services = new LinkedHashMap<>();
        for (Map.Entry<String, YamlValue> entry : section.entries().entrySet()) {
            YamlValue value = entry.getValue();
            try {
                services.put(ServiceName.parse(entry.getKey()), service(value.section()));
            } catch (InvalidValue badName) {
                throw value.problem(badName.getMessage());
            }
            if (services.size() > MAX_SERVICES) {
                throw value.problem("is one service too many; at most " + MAX_SERVICES);
            }
        }
        return services;
    }

    private static ServiceEntry service(YamlSection section) throws FileProblem {
        section.requireOnly("enabled", "local_address", "protocol", "allowed_peers");
        Optional<YamlValue> protocol = section.value("protocol");
        return new ServiceEntry(
                SharedSections.flag(section, "enabled", false),
                section.required("local_address", "local_address: \"127.0.0.1:22\"")
                        .as(SharedSections.hostAndPort("localhost")),
                allowedPeers(section),
                protocol.isEmpty()
                        ? Optional.empty()
                        : Optional.of(protocol.get().text()));
    }

    private static Optional<Set<PeerId>> allowedPeers(YamlSection section) throws FileProblem {
        Set<PeerId> peers = new LinkedHashSet<>();
        Optional<YamlValue> value = section.value("allowed_peers");
        if (value.isPresent()) {
            for (YamlValue peer : value.get().list(MAX_ALLOWED_PEERS)) {
                peers.add(peer.as(WrittenAddress::peerId));
            }
        }
        return peers.isEmpty() ? Optional.empty() : Optional.of(peers);
    }

    private static Map<String, PeerId> names(YamlSection section) throws FileProblem {
        Map<String, PeerId> names = new LinkedHashMap<>();
        for (Map.Entry<String, YamlValue> entry : section.entries().entrySet()) {
            names.put(entry.getKey(), entry.getValue().as(WrittenAddress::peerId));
            if (names.size() > MAX_NAMES) {
                throw entry.getValue().problem("is one name too many; at most " + MAX_NAMES);
            }
        }
        return names;
    }
}
