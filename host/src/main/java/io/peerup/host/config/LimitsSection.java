package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import java.time.Duration;
import java.util.Optional;

/** Reads the section {@code limits}, which nodes and relays have in common. */
final class LimitsSection {
    private LimitsSection() {}

    static PeerLimits read(YamlSection limits) throws FileProblem {
        limits.requireOnly(
                "memory",
                "open_files",
                "connections",
                "connections_per_peer",
                "streams_per_peer",
                "connections_per_ip",
                "new_connections_per_ip",
                "new_connection_interval");
        return new PeerLimits(
                memory(limits.value("memory")),
                count(limits, "open_files", PeerLimits.LEAST_FILES),
                count(limits, "connections", 1),
                count(limits, "connections_per_peer", 1),
                count(limits, "streams_per_peer", 1),
                count(limits, "connections_per_ip", 1),
                count(limits, "new_connections_per_ip", 1),
                interval(limits));
    }

    private static Optional<Long> memory(Optional<YamlValue> value) throws FileProblem {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        long bytes = value.get().as(ByteSize::parse);
        if (bytes < PeerLimits.LEAST_MEMORY) {
            throw value.get()
                    .problem("must be at least " + ByteSize.format(PeerLimits.LEAST_MEMORY) + ", not "
                            + ByteSize.format(bytes) + "; remove the line for what suits the machine");
        }
        return Optional.of(bytes);
    }

    private static Optional<Long> count(YamlSection limits, String key, int least) throws FileProblem {
        Optional<YamlValue> value = limits.value(key);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of((long) value.get().number(least, PeerLimits.MOST));
    }

    private static Optional<Duration> interval(YamlSection limits) throws FileProblem {
        String key = "new_connection_interval";
        return limits.value(key).isEmpty()
                ? Optional.empty()
                : Optional.of(SharedSections.duration(
                        limits, key, Duration.ZERO, PeerLimits.LEAST_INTERVAL, PeerLimits.MOST_INTERVAL));
    }
}
