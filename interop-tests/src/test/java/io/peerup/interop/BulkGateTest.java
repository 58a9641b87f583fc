package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import io.peerup.interop.BulkLane.Figure;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A gate on the architecture: bulk over tcp, noise and yamux, ours against go-libp2p's in the same run, each peer a
 * process of its own, the pairs taking turns. Ours must be half as fast as go's at least.
 *
 * <p>Speed is judged by rounds in which the machine was ours. Busy neighbours slow whoever has fewer threads more, which
 * says nothing about either; where they leave too few such rounds, processor time per byte is judged instead.
 */
class BulkGateTest {
    private static final int WARM_UPS = 6;
    private static final int QUIET_ROUNDS = 5;
    private static final int LEAST_QUIET_ROUNDS = 3;
    private static final long LONGEST_WARM_UP_SECONDS = 25;
    private static final long LONGEST_SECONDS = 50;
    private static final double LEAST_SHARE_OF_GO = 0.5;

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
            BulkLane go = new BulkLane("go to go", goClient, goServer);
            BulkLane ours = new BulkLane("ours to ours", ourClient, ourServer);
            List<BulkLane> lanes = List.of(
                    go,
                    ours,
                    new BulkLane("ours to go", ourClient, goServer),
                    new BulkLane("go to ours", goClient, ourServer));
            measure(lanes);
            report(lanes);
            requireHalf("up", ours.up(), go.up());
            requireHalf("down", ours.down(), go.down());
        }
    }

    private static void measure(List<BulkLane> lanes) throws Exception {
        for (BulkLane lane : lanes) {
            lane.connect();
        }
        long warm = inSeconds(LONGEST_WARM_UP_SECONDS);
        for (int round = 0; round < WARM_UPS && System.nanoTime() < warm; round++) {
            takeTurns(lanes);
        }
        lanes.forEach(BulkLane::forgetWarmUp);
        long until = inSeconds(LONGEST_SECONDS);
        for (int round = 1; round <= LEAST_QUIET_ROUNDS || System.nanoTime() < until; round++) {
            takeTurns(lanes);
            if (quietRounds(lanes.get(0).up(), lanes.get(1).up()).size() >= QUIET_ROUNDS
                    && quietRounds(lanes.get(0).down(), lanes.get(1).down()).size() >= QUIET_ROUNDS) {
                return;
            }
        }
    }

    private static long inSeconds(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void takeTurns(List<BulkLane> lanes) throws Exception {
        for (BulkLane lane : lanes) {
            lane.run();
        }
    }

    /** The rounds in which both pairs were left alone. */
    private static List<Integer> quietRounds(List<Figure> some, List<Figure> others) {
        return IntStream.range(0, some.size())
                .filter(round -> some.get(round).quiet() && others.get(round).quiet())
                .boxed()
                .toList();
    }

    private static void requireHalf(String direction, List<Figure> ours, List<Figure> gos) {
        List<Integer> quiet = quietRounds(ours, gos);
        if (quiet.size() >= LEAST_QUIET_ROUNDS) {
            List<Figure> oursThen = quiet.stream().map(ours::get).toList();
            List<Figure> gosThen = quiet.stream().map(gos::get).toList();
            double our = BulkLane.median(oursThen, Figure::gbitPerSecond);
            double go = BulkLane.median(gosThen, Figure::gbitPerSecond);
            System.out.printf("%s: %.2f of go's speed in %d quiet rounds%n", direction, our / go, quiet.size());
            assertThat(our / go).as("our speed %s, in go's", direction).isGreaterThanOrEqualTo(LEAST_SHARE_OF_GO);
        } else {
            double our = BulkLane.median(ours, Figure::processorSecondsPerGigabyte);
            double go = BulkLane.median(gos, Figure::processorSecondsPerGigabyte);
            System.out.printf(
                    "%s: the machine was busy; %.2f of go's bytes per processor second%n", direction, go / our);
            assertThat(go / our)
                    .as("our bytes %s per processor second, in go's", direction)
                    .isGreaterThanOrEqualTo(LEAST_SHARE_OF_GO);
        }
    }

    private static void report(List<BulkLane> lanes) throws Exception {
        System.out.printf(
                "medians of %d rounds    up Gbit/s  down Gbit/s  up CPU s/GB  down CPU s/GB%n",
                lanes.getFirst().up().size());
        JsonArray all = new JsonArray();
        for (BulkLane lane : lanes) {
            System.out.printf(
                    "%-20s %12.2f %12.2f %12.2f %14.2f%n",
                    lane.name(),
                    BulkLane.median(lane.up(), Figure::gbitPerSecond),
                    BulkLane.median(lane.down(), Figure::gbitPerSecond),
                    BulkLane.median(lane.up(), Figure::processorSecondsPerGigabyte),
                    BulkLane.median(lane.down(), Figure::processorSecondsPerGigabyte));
            all.add(lane.json());
        }
        Files.writeString(Path.of("target", "bulk-gate.json"), all + "\n");
    }
}
