package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import java.util.List;

/** One stream of one connection over tcp, noise and yamux. */
record BulkLine() implements Line {
    private static final int BYTES = 300_000_000;

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.atLeast(1.5, "bulk up", "Gbit/s"), Metric.atLeast(1.5, "bulk down", "Gbit/s"));
    }

    @Override
    public String workUnit() {
        return "GB";
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        return Pair.crossed(setting, true, (client, server) -> Bulk.bothWays(client, server, setting.amount(BYTES)));
    }
}
