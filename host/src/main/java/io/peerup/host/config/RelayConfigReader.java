package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads a relay's configuration, strictly: what is not understood is a problem with a line. */
final class RelayConfigReader {
    private static final int MAX_COUNT = 1_000_000;
    private static final int MAX_BUFFER_BYTES = 16 << 20;
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final HttpEndpoint NO_HEALTH = new HttpEndpoint(false, new HostAndPort("127.0.0.1", 9090));

    private RelayConfigReader() {}

    static RelayServerConfig read(Path file, ConfigDirectories directories, String text) throws FileProblem {
        YamlSection root = YamlSection.root(file, text);
        SharedSections shared = new SharedSections(file, directories, root);
        root.requireOnly("version", "identity", "network", "security", "resources", "health", "telemetry", "limits");
        YamlSection network = root.section("network");
        network.requireOnly("listen_addresses");
        return new RelayServerConfig(
                file,
                shared.identityKeyFile("relay_node.key"),
                shared.listenAddresses(network),
                shared.security("relay_authorized_keys"),
                resources(root.section("resources")),
                SharedSections.endpoint(root.section("health"), NO_HEALTH),
                shared.telemetry(),
                LimitsSection.read(root.section("limits")));
    }

    private static RelayResources resources(YamlSection section) throws FileProblem {
        section.requireOnly(
                "max_reservations",
                "max_circuits",
                "buffer_size",
                "max_reservations_per_ip",
                "max_reservations_per_asn",
                "reservation_ttl",
                "session_duration",
                "session_data_limit");
        RelayResources usual = RelayResources.defaults();
        return new RelayResources(
                count(section, "max_reservations", usual.maxReservations(), MAX_COUNT),
                count(section, "max_circuits", usual.maxCircuits(), MAX_COUNT),
                count(section, "buffer_size", usual.bufferSizeBytes(), MAX_BUFFER_BYTES),
                count(section, "max_reservations_per_ip", usual.maxReservationsPerIp(), MAX_COUNT),
                count(section, "max_reservations_per_asn", usual.maxReservationsPerAsn(), MAX_COUNT),
                SharedSections.duration(section, "reservation_ttl", usual.reservationTtl(), A_SECOND, A_YEAR),
                sessionDuration(section, usual),
                dataLimit(section, usual));
    }

    /** Zero asks for the default, as in the original. */
    private static int count(YamlSection section, String key, int usual, int most) throws FileProblem {
        Optional<YamlValue> value = section.value(key);
        int number = value.isEmpty() ? 0 : value.get().number(0, most);
        return number == 0 ? usual : number;
    }

    private static Duration sessionDuration(YamlSection section, RelayResources usual) throws FileProblem {
        Optional<YamlValue> value = section.value("session_duration");
        boolean unlimited =
                value.isPresent() && value.get().as(GoDuration::parse).isZero();
        return unlimited
                ? Duration.ZERO
                : SharedSections.duration(section, "session_duration", usual.sessionDuration(), A_SECOND, A_YEAR);
    }

    private static long dataLimit(YamlSection section, RelayResources usual) throws FileProblem {
        Optional<YamlValue> value = section.value("session_data_limit");
        return value.isEmpty() ? usual.sessionDataLimitBytes() : value.get().as(ByteSize::parse);
    }
}
