package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.peerup.interop.Pair.Dialer;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.ProcessMemory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A thousand streams at once, the reader of one standing still for ten seconds: all others go on, and neither process
 * grows. Ours runs in a JVM of its own whose heap is there from the start, so that what is kept shows.
 */
final class FlatMemory {
    private static final List<String> FIXED_HEAP =
            List.of("-Xms160m", "-Xmx160m", "-XX:MaxDirectMemorySize=512m", "-XX:+AlwaysPreTouch");
    private static final int STREAMS = 1000;
    private static final int STALL_MILLIS = 10_000;
    private static final long STALLED_BYTES = 200_000_000;
    private static final long MAX_GROWTH_KIB = 64 << 10;
    private static final long PATIENCE_SECONDS = 60;

    private FlatMemory() {}

    /** When we dial it is our reader that stands still, when go dials it is go's; go drives both times. */
    static void cell(GoVersion version, Dialer dialer, String... programArguments) throws Exception {
        try (PeerProcess ours = JavaPeerProgram.start(FIXED_HEAP, programArguments);
                PeerProcess go = GoPeer.start(version)) {
            switch (dialer) {
                case JAVA -> ours.run("connect", Map.of("addr", go.address()));
                case GO -> go.run("connect", Map.of("addr", ours.address()));
            }
            go.run("streams", Map.of("peer", ours.id(), "count", 2 * STREAMS, "parallel", STREAMS));
            long before = ProcessMemory.rssKib(ours.pid());

            CompletableFuture<JsonObject> story = go.begin(
                    "thousand",
                    Map.of(
                            "peer",
                            ours.id(),
                            "count",
                            STREAMS,
                            "stallMillis",
                            STALL_MILLIS,
                            "stalled",
                            dialer == Dialer.JAVA ? "remote" : "local",
                            "slowBytes",
                            STALLED_BYTES));
            go.event("thousand-up", any -> true, PATIENCE_SECONDS);
            long most = mostWithin(STALL_MILLIS, ours.pid());
            go.event("stall-over", any -> true, PATIENCE_SECONDS);
            ours.run("unstall", Map.of());
            System.out.printf("%s, %s dials: from %d to %d KiB%n", version.release(), dialer, before, most);

            JsonObject came = PeerProcess.result(story);
            assertThat(came.get("streams").getAsInt()).as(came.toString()).isEqualTo(STREAMS);
            assertThat(most - before).as("KiB that we grew by").isLessThan(MAX_GROWTH_KIB);
            assertThat(came.get("rssKbMax").getAsLong()
                            - came.get("rssKbBefore").getAsLong())
                    .as("KiB that go grew by")
                    .isLessThan(MAX_GROWTH_KIB);
        }
    }

    private static long mostWithin(long millis, long pid) throws Exception {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long most = 0;
        while (System.nanoTime() < until) {
            most = Math.max(most, ProcessMemory.rssKib(pid));
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return most;
    }
}
