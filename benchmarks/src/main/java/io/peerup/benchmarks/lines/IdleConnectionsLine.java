package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.ProcessMemory;
import io.peerup.testkit.process.ProcessorTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Resident memory of a server whose peers are silent. The peers are the same go hosts on both lanes, each with an identity
 * of its own. Peers that came and went before, and the first 500 that stay, pay for what a server needs only once, such as
 * compiled code; a connection costs what the next 1,000 add.
 */
record IdleConnectionsLine() implements Line {
    private static final int GONE = 6000;
    private static final int FIRST = 500;
    private static final int MORE = 1000;
    private static final long SETTLE_SECONDS = 5;
    private static final String GO = "go server";
    private static final String OURS = "our server";

    @Override
    public String name() {
        return "idle-connections";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of("RSS with 500 idle connections", "MB"),
                Metric.atMost(0.5, "RSS of one more", "kB"),
                Metric.atMost(0.5, "the same after a collection", "kB"));
    }

    @Override
    public String workUnit() {
        return "connection";
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public int maxRounds() {
        return 3;
    }

    @Override
    public Lanes open(Setting setting) {
        return new Lanes(
                List.of(
                        new Fresh(GO, setting, any -> GoPeer.start(GoVersion.V0_51)),
                        new Fresh(OURS, setting, OurJvm::start)),
                GO,
                OURS,
                () -> {});
    }

    /** Starts a server. */
    @FunctionalInterface
    interface Start {
        PeerProcess server(Setting setting) throws Exception;
    }

    /** A fresh server in every turn. */
    private static final class Fresh implements Lane {
        private final String name;
        private final Setting setting;
        private final Start start;
        private double serverSeconds;

        Fresh(String name, Setting setting, Start start) {
            this.name = name;
            this.setting = setting;
            this.start = start;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Turn turn() throws Exception {
            try (PeerProcess server = start.server(setting);
                    PeerProcess crowd = GoPeer.start(GoVersion.V0_51, "-dial-only")) {
                crowd.run("bench-handshakes", Map.of("addr", server.address(), "n", GONE));
                join(crowd, server, FIRST);
                double first = rss(server);
                double firstCollected = collected(server);
                join(crowd, server, MORE);
                double all = rss(server);
                double allCollected = collected(server);
                serverSeconds += ProcessorTime.of(server.pid());
                return new Turn(
                        new double[] {first / 1e3, (all - first) / MORE, (allCollected - firstCollected) / MORE},
                        GONE + FIRST + MORE);
            }
        }

        @Override
        public Map<String, Double> processorSeconds() {
            return Map.of("server", serverSeconds);
        }

        private static void join(PeerProcess crowd, PeerProcess server, int count) throws Exception {
            crowd.run("bench-idle", Map.of("addr", server.address(), "n", count));
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        }

        /** In kB. */
        private static double rss(PeerProcess server) throws IOException {
            return ProcessMemory.rssKib(server.pid()) * 1.024;
        }

        private static double collected(PeerProcess server) throws Exception {
            server.run("gc", Map.of());
            return rss(server);
        }
    }
}
