package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane.Turn;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import java.util.List;
import java.util.Map;

/**
 * Connect, wait for identify, close; each worker with an identity of its own.
 *
 * @param workers how many at a time
 */
record HandshakeLine(int workers, double goal) implements Line {
    private static final int COUNT_ALONE = 300;
    private static final int COUNT_TOGETHER = 600;

    static HandshakeLine with(int workers, double goal) {
        return new HandshakeLine(workers, goal);
    }

    @Override
    public String name() {
        return "handshakes-" + workers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.atLeast(goal, "handshakes, " + workers + " at a time", "/s"));
    }

    @Override
    public String workUnit() {
        return "handshake";
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        int count = setting.amount(workers == 1 ? COUNT_ALONE : COUNT_TOGETHER);
        return Pair.crossed(
                setting,
                false,
                (client, server) -> Turn.of(
                        client.run(
                                        "bench-handshakes",
                                        Map.of("addr", server.address(), "n", count, "concurrency", workers))
                                .get("perSecond")
                                .getAsDouble(),
                        count));
    }
}
