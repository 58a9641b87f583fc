package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.ProcessMemory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From nothing to a relay that accepts, and what it takes of memory when nobody comes: {@code relay-server}, go-peer. */
record StartLine() implements Line {
    private static final long SETTLE_SECONDS = 5;
    private static final String GO = "go-peer -relay";
    private static final String OURS = "relay-server";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.of("time to ready", "ms"), Metric.of("RSS idle, 5 s after", "MB"));
    }

    @Override
    public String workUnit() {
        return "start";
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        Scratch scratch = Scratch.open();
        OurPrograms programs = OurPrograms.in(setting, scratch.place());
        programs.write("relay/relay_authorized_keys", "");
        // The first start makes keys and, after a build, the class archive.
        once(programs, 0);
        GoPeer.start(GoVersion.V0_51).close();
        return new Lanes(List.of(new Go(), new Ours(programs)), GO, OURS, scratch);
    }

    private static Lane.Turn once(OurPrograms programs, long settleSeconds) throws Exception {
        try (Program relay = programs.relay(0)) {
            relay.await("Private relay running.");
            double millis = relay.millisSinceStart();
            TimeUnit.SECONDS.sleep(settleSeconds);
            return new Lane.Turn(new double[] {millis, ProcessMemory.rssKib(relay.pid()) * 1.024 / 1e3}, 1);
        }
    }

    /** Processes that end with the turn: their time is not counted. */
    private interface Ending extends Lane {
        @Override
        default Map<String, Double> processorSeconds() {
            return Map.of();
        }
    }

    private record Ours(OurPrograms programs) implements Ending {
        @Override
        public String name() {
            return OURS;
        }

        @Override
        public Turn turn() throws Exception {
            return once(programs, SETTLE_SECONDS);
        }
    }

    private record Go() implements Ending {
        @Override
        public String name() {
            return GO;
        }

        @Override
        public Turn turn() throws Exception {
            long began = System.nanoTime();
            try (PeerProcess relay = GoPeer.start(GoVersion.V0_51, "-relay")) {
                double millis = (System.nanoTime() - began) / 1e6;
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                return new Turn(new double[] {millis, ProcessMemory.rssKib(relay.pid()) * 1.024 / 1e3}, 1);
            }
        }
    }
}
