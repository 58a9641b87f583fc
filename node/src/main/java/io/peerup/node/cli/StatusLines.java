package io.peerup.node.cli;

import io.peerup.node.api.ConnectionStatus;
import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.RelayStatus;
import io.peerup.node.api.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A daemon's status as people read it. */
final class StatusLines {
    private static final int SHORT_ID_CHARS = 16;

    private StatusLines() {}

    static List<String> of(DaemonStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add("Daemon:   running for " + span(status.uptimeSeconds()) + ", version " + status.version());
        lines.add("");
        lines.add("Relays:");
        status.relays().forEach(relay -> lines.add("  " + relay(relay)));
        lines.add("");
        lines.add(
                status.connections().isEmpty()
                        ? "Connections: (none)"
                        : "Connections (" + status.connections().size() + "):");
        status.connections().forEach(connection -> lines.add("  " + connection(connection)));
        return lines;
    }

    private static String relay(RelayStatus relay) {
        return brief(relay.peer()) + "  " + relay.state();
    }

    private static String connection(ConnectionStatus connection) {
        String name = connection.name() == null ? brief(connection.peer()) : connection.name();
        String rtt = connection.rttMs() == null ? "" : String.format(Locale.ROOT, "  rtt %.1f ms", connection.rttMs());
        String relay = connection.relay() == null ? "" : " through " + brief(connection.relay());
        return "%-19s %s%s%s  %s for %s%s"
                .formatted(
                        name,
                        connection.path(),
                        relay,
                        connection.limited() ? " (limited)" : "",
                        connection.direction() == Way.INBOUND ? "came in" : "dialed",
                        span(connection.openSeconds()),
                        rtt);
    }

    private static String brief(String peerId) {
        return peerId.length() > SHORT_ID_CHARS ? peerId.substring(0, SHORT_ID_CHARS) + "..." : peerId;
    }

    private static String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        if (span.toDays() > 0) {
            return span.toDays() + "d " + span.toHoursPart() + "h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + "h " + span.toMinutesPart() + "m";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + "m " + span.toSecondsPart() + "s" : seconds + "s";
    }
}
