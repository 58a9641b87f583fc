package io.peerup.interop.hostile;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The table. */
final class Rows {
    /** What issue 4 lists. */
    static final Set<String> ASKED_FOR = Set.of(
            "A1", "A2", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15", "A16", "A17", "A18",
            "A19", "A20", "A22", "A23", "A28", "A30", "B3", "B7", "B8", "B12", "B15", "B17", "B18", "B19", "B20", "B24",
            "C-keys", "C-proxy", "C-relay");

    private Rows() {}

    static List<Row> all() {
        return Stream.of(Group.values()).flatMap(group -> of(group).stream()).toList();
    }

    static List<Row> of(Group group) {
        return switch (group) {
            case HANDSHAKE -> HandshakeRows.rows();
            case YAMUX -> YamuxRows.rows();
            case IDENTIFY -> IdentifyRows.rows();
            case RELAY -> RelayRows.rows();
            case FILES -> FileRows.rows();
            case PROXY -> ProxyRows.rows();
            case LIBRARIES -> LibraryRows.rows();
        };
    }
}
