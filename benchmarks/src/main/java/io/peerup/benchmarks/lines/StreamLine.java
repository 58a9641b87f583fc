package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane.Turn;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import java.util.List;
import java.util.Map;

/**
 * Open a stream, have one byte echoed, close; all on one connection.
 *
 * @param workers how many at a time
 */
record StreamLine(int workers) implements Line {
    private static final int COUNT_ALONE = 3000;
    private static final int COUNT_TOGETHER = 9000;

    static StreamLine with(int workers) {
        return new StreamLine(workers);
    }

    @Override
    public String name() {
        return "streams-" + workers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.atLeast(1.5, "open, echo, close, " + workers + " at a time", "/s"));
    }

    @Override
    public String workUnit() {
        return "stream";
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        int count = setting.amount(workers == 1 ? COUNT_ALONE : COUNT_TOGETHER);
        return Pair.crossed(
                setting,
                true,
                (client, server) -> Turn.of(
                        client.run("bench-streams", Map.of("peer", server.id(), "n", count, "concurrency", workers))
                                .get("perSecond")
                                .getAsDouble(),
                        count));
    }
}
