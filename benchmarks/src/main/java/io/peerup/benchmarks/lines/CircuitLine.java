package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.ProcessorTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Bulk over a circuit without limit: source, relay and destination are processes of their own. */
record CircuitLine() implements Line {
    private static final int BYTES = 150_000_000;
    private static final String GO = "go over go";
    private static final String OURS = "ours over ours";
    private static final int PER_PEER = 100;

    @Override
    public String name() {
        return "circuit";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.atLeast(1.5, "circuit bulk up", "Gbit/s"), Metric.atLeast(1.5, "circuit bulk down", "Gbit/s"));
    }

    @Override
    public String workUnit() {
        return "GB";
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        int bytes = setting.amount(BYTES);
        Peers peers = Peers.start(setting);
        return new Lanes(
                List.of(
                        circuit(GO, peers.goSource, peers.goRelay, peers.goDestination, bytes),
                        circuit(OURS, peers.ourSource, peers.ourRelay, peers.ourDestination, bytes),
                        // Each pair of ends has one connection, so the ends of the mixed lanes are crossed.
                        circuit("ours to go over go", peers.ourSource, peers.goRelay, peers.goDestination, bytes),
                        circuit("go to ours over ours", peers.goSource, peers.ourRelay, peers.ourDestination, bytes)),
                GO,
                OURS,
                peers);
    }

    private static Lane circuit(String name, PeerProcess source, PeerProcess relay, PeerProcess destination, int bytes)
            throws Exception {
        source.run("connect-via", Map.of("relay", relay.address(), "peer", destination.id()));
        return new Circuit(name, source, relay, destination, bytes);
    }

    private record Circuit(String name, PeerProcess source, PeerProcess relay, PeerProcess destination, int bytes)
            implements Lane {
        @Override
        public Turn turn() throws Exception {
            return Bulk.bothWays(source, destination, bytes);
        }

        @Override
        public Map<String, Double> processorSeconds() throws IOException {
            return Map.of(
                    "source", ProcessorTime.of(source.pid()),
                    "relay", ProcessorTime.of(relay.pid()),
                    "destination", ProcessorTime.of(destination.pid()));
        }
    }

    private record Peers(
            PeerProcess goRelay,
            PeerProcess goSource,
            PeerProcess goDestination,
            PeerProcess ourRelay,
            PeerProcess ourSource,
            PeerProcess ourDestination)
            implements AutoCloseable {
        static Peers start(Setting setting) throws Exception {
            Peers peers = new Peers(
                    GoPeer.start(
                            GoVersion.V0_51,
                            "-relay",
                            "-relay-unlimited",
                            "-relay-per-ip=" + PER_PEER,
                            "-relay-max-circuits=" + PER_PEER),
                    GoPeer.start(GoVersion.V0_51),
                    GoPeer.start(GoVersion.V0_51),
                    OurJvm.start(setting, "relay"),
                    OurJvm.start(setting),
                    OurJvm.start(setting));
            peers.goDestination.run("reserve", Map.of("relay", peers.goRelay.address()));
            peers.ourDestination.run("reserve", Map.of("relay", peers.ourRelay.address()));
            return peers;
        }

        @Override
        public void close() throws IOException {
            for (PeerProcess peer : List.of(goSource, goDestination, goRelay, ourSource, ourDestination, ourRelay)) {
                peer.close();
            }
        }
    }
}
