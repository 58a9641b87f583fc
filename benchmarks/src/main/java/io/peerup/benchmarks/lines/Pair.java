package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Setting;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.ProcessorTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A client and a server that do one thing together. */
record Pair(String name, PeerProcess client, PeerProcess server, Work work) implements Lane {
    private static final String GO = "go to go";
    private static final String OURS = "ours to ours";

    /** What they do in a turn. */
    @FunctionalInterface
    interface Work {
        Turn run(PeerProcess client, PeerProcess server) throws Exception;
    }

    /** Both libraries with themselves and with each other. */
    static Line.Lanes crossed(Setting setting, boolean connected, Work work) throws Exception {
        Peers peers = Peers.start(setting);
        List<Lane> lanes = List.of(
                new Pair(GO, peers.goClient(), peers.goServer(), work),
                new Pair(OURS, peers.ourClient(), peers.ourServer(), work),
                new Pair("ours to go", peers.ourClient(), peers.goServer(), work),
                new Pair("go to ours", peers.goClient(), peers.ourServer(), work));
        if (connected) {
            for (Lane lane : lanes) {
                ((Pair) lane).connect();
            }
        }
        return new Line.Lanes(lanes, GO, OURS, peers);
    }

    private void connect() throws Exception {
        client.run("connect", Map.of("addr", server.address()));
    }

    @Override
    public Turn turn() throws Exception {
        return work.run(client, server);
    }

    @Override
    public Map<String, Double> processorSeconds() throws IOException {
        return Map.of("client", ProcessorTime.of(client.pid()), "server", ProcessorTime.of(server.pid()));
    }

    /** The four processes. */
    private record Peers(PeerProcess goServer, PeerProcess goClient, PeerProcess ourServer, PeerProcess ourClient)
            implements AutoCloseable {
        static Peers start(Setting setting) throws Exception {
            return new Peers(
                    GoPeer.start(GoVersion.V0_51),
                    GoPeer.start(GoVersion.V0_51),
                    OurJvm.start(setting),
                    OurJvm.start(setting));
        }

        @Override
        public void close() throws IOException {
            goClient.close();
            ourClient.close();
            goServer.close();
            ourServer.close();
        }
    }
}
