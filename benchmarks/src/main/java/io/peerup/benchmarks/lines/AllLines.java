package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Line;
import java.util.List;

/** Everything that is measured, in the order of the table. */
public final class AllLines {
    private AllLines() {}

    /** All of it. */
    public static List<Line> all() {
        return List.of(
                new BulkLine(),
                HandshakeLine.with(1, 1.5),
                HandshakeLine.with(8, 2),
                StreamLine.with(1),
                StreamLine.with(16),
                new RoundTripLine(),
                new CircuitLine(),
                new ProxyLine(),
                new IdleConnectionsLine(),
                new StartLine());
    }
}
