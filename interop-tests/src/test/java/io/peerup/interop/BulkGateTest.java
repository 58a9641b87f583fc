package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A gate on the architecture: bulk over tcp, noise and yamux, ours against go-libp2p's in the same run, each peer a
 * process of its own. Go's figures say what this machine can do at this moment; ours must be half of them at least.
 */
class BulkGateTest {
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 4;
    private static final long BYTES = 250_000_000;
    private static final double LEAST_SHARE_OF_GO = 0.5;
    private static final long PATIENCE_SECONDS = 30;

    @BeforeAll
    static void needGo() {
        Requirements.go();
    }

    @Test
    void ourBulkIsAtLeastHalfOfGos() throws Exception {
        try (PeerProcess goServer = GoPeer.start(GoVersion.V0_51);
                PeerProcess goClient = GoPeer.start(GoVersion.V0_51);
                PeerProcess ourServer = JavaPeerProgram.start(List.of());
                PeerProcess ourClient = JavaPeerProgram.start(List.of())) {
            Lane go = new Lane("go to go", goClient, goServer);
            Lane ours = new Lane("ours to ours", ourClient, ourServer);
            List<Lane> lanes = List.of(
                    go, ours, new Lane("ours to go", ourClient, goServer), new Lane("go to ours", goClient, ourServer));
            for (Lane lane : lanes) {
                lane.connect();
            }
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                for (Lane lane : lanes) {
                    lane.run(round >= 0);
                }
            }
            report(lanes);
            assertThat(ours.up.median()).as("Gbit/s up").isGreaterThanOrEqualTo(LEAST_SHARE_OF_GO * go.up.median());
            assertThat(ours.down.median())
                    .as("Gbit/s down")
                    .isGreaterThanOrEqualTo(LEAST_SHARE_OF_GO * go.down.median());
        }
    }

    private static void report(List<Lane> lanes) throws Exception {
        JsonArray all = new JsonArray();
        System.out.printf(
                "%-14s %10s %10s   Gbit/s, median of %d, counted at the receiver%n", "", "up", "down", ROUNDS);
        for (Lane lane : lanes) {
            System.out.printf("%-14s %10.2f %10.2f%n", lane.name, lane.up.median(), lane.down.median());
            JsonObject entry = new JsonObject();
            entry.addProperty("lane", lane.name);
            entry.add("upGbitPerSecond", lane.up.json());
            entry.add("downGbitPerSecond", lane.down.json());
            all.add(entry);
        }
        Files.writeString(Path.of("target", "bulk-gate.json"), all + "\n");
    }

    /** One client and one server. */
    private static final class Lane {
        private final String name;
        private final PeerProcess client;
        private final PeerProcess server;
        private final Figures up = new Figures();
        private final Figures down = new Figures();

        Lane(String name, PeerProcess client, PeerProcess server) {
            this.name = name;
            this.client = client;
            this.server = server;
        }

        void connect() throws Exception {
            client.run("connect", Map.of("addr", server.address()));
        }

        void run(boolean counts) throws Exception {
            client.run("perf", Map.of("peer", server.id(), "up", BYTES, "down", 0));
            JsonObject served = server.event("perf", any -> true, PATIENCE_SECONDS);
            JsonObject came = client.run("perf", Map.of("peer", server.id(), "up", 0, "down", BYTES));
            server.event("perf", any -> true, PATIENCE_SECONDS);
            assertThat(served.get("received").getAsLong()).isEqualTo(BYTES);
            assertThat(came.get("down").getAsLong()).isEqualTo(BYTES);
            if (counts) {
                up.add(served.get("receivedMicros").getAsLong() / 1e6);
                down.add(came.get("downSeconds").getAsDouble());
            }
        }
    }

    /** Gbit/s of each round. */
    private static final class Figures {
        private final List<Double> all = new ArrayList<>();

        void add(double seconds) {
            all.add(BYTES * 8 / 1e9 / seconds);
        }

        double median() {
            return all.stream().sorted().toList().get(all.size() / 2);
        }

        JsonObject json() {
            JsonObject figures = new JsonObject();
            figures.addProperty("median", median());
            JsonArray rounds = new JsonArray();
            all.forEach(rounds::add);
            figures.add("rounds", rounds);
            return figures;
        }
    }
}
