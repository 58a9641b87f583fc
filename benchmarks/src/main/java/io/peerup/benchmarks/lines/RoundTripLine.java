package io.peerup.benchmarks.lines;

import com.google.gson.JsonObject;
import io.peerup.benchmarks.Lane.Turn;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import java.util.List;
import java.util.Map;

/** 64 bytes there and back, one after the other on one stream. */
record RoundTripLine() implements Line {
    private static final int COUNT = 9000;
    private static final int BYTES = 64;

    @Override
    public String name() {
        return "round-trip";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.atMost(1.0, "round trip of 64 bytes, p50", "µs"),
                Metric.atMost(0.7, "round trip of 64 bytes, p99", "µs"));
    }

    @Override
    public String workUnit() {
        return "round trip";
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        int count = setting.amount(COUNT);
        return Pair.crossed(setting, true, (client, server) -> {
            JsonObject answer = client.run("bench-echo", Map.of("peer", server.id(), "n", count, "bytes", BYTES));
            return new Turn(
                    new double[] {
                        answer.get("p50Micros").getAsDouble(),
                        answer.get("p99Micros").getAsDouble()
                    },
                    count);
        });
    }
}
