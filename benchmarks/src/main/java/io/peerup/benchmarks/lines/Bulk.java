package io.peerup.benchmarks.lines;

import com.google.gson.JsonObject;
import io.peerup.benchmarks.Lane;
import io.peerup.testkit.process.PeerProcess;
import java.io.IOException;
import java.util.Map;

/** Bulk by {@code /perf/1.0.0} over the connection there is; whoever receives counts. */
final class Bulk {
    private static final long PATIENCE_SECONDS = 120;

    private Bulk() {}

    /** Gbit/s up and down; work in GB. */
    static Lane.Turn bothWays(PeerProcess client, PeerProcess server, long bytes) throws Exception {
        return new Lane.Turn(new double[] {up(client, server, bytes), down(client, server, bytes)}, 2 * bytes / 1e9);
    }

    private static double up(PeerProcess client, PeerProcess server, long bytes) throws Exception {
        client.run("perf", Map.of("peer", server.id(), "up", bytes, "down", 0));
        JsonObject served = server.event("perf", any -> true, PATIENCE_SECONDS);
        require(bytes, served.get("received").getAsLong());
        return bytes * 8 / 1e3 / served.get("receivedMicros").getAsLong();
    }

    private static double down(PeerProcess client, PeerProcess server, long bytes) throws Exception {
        JsonObject came = client.run("perf", Map.of("peer", server.id(), "up", 0, "down", bytes));
        server.event("perf", any -> true, PATIENCE_SECONDS);
        require(bytes, came.get("down").getAsLong());
        return bytes * 8 / 1e9 / came.get("downSeconds").getAsDouble();
    }

    private static void require(long sent, long received) throws IOException {
        if (sent != received) {
            throw new IOException(received + " of " + sent + " bytes came");
        }
    }
}
