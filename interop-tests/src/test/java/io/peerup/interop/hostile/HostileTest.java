package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.interop.Matrix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the table, one after the other, against the same relay and the same daemon. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HostileTest {
    private static final Matrix MATRIX = new Matrix();
    private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static Scene scene;
    private static Vitals relay;
    private static Vitals daemon;
    private static Vitals peer;

    @BeforeAll
    static void start() throws Exception {
        scene = Scene.open(directory);
        relay = warm(scene.relay());
        daemon = warm(scene.daemon());
        peer = warm(scene.peer());
        for (Row row : Rows.all()) {
            MATRIX.declare(row.toString(), () -> run(row));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        scene.close();
        MATRIX.requireAllRan();
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return MATRIX.tests();
    }

    /** The rows that the issue asks for. */
    @Test
    void noRowIsForgotten() {
        assertThat(Rows.all().stream().map(Row::id).collect(Collectors.toSet())).containsAll(Rows.ASKED_FOR);
    }

    private static void run(Row row) throws Exception {
        long begun = System.nanoTime();
        Duration worst;
        try (Honest atRelay = Honest.at(scene.relay(), scene.cast().honest(), row.honest());
                Honest atPeer = Honest.at(scene.peer(), scene.cast().honest(), row.honest());
                Honest atDaemon = Honest.at(scene.daemon(), scene.cast().honest(), row.honest())) {
            row.attack().run(scene);
            atRelay.requireServed();
            atDaemon.requireServed();
            atPeer.requireServed();
            worst = Stream.of(atRelay, atDaemon, atPeer)
                    .map(Honest::worst)
                    .max(Duration::compareTo)
                    .orElseThrow();
        } catch (Throwable failed) {
            throw new AssertionError(row + ", expected: " + row.expected(), failed);
        }
        long attacked = System.nanoTime();
        scene.relay().requireBackAt(relay, BACK_WITHIN);
        scene.daemon().requireBackAt(daemon, BACK_WITHIN);
        scene.peer().requireBackAt(peer, BACK_WITHIN);
        System.out.printf(
                "%s: %d ms, the honest waited %d ms at worst, back after %d ms%n",
                row,
                TimeUnit.NANOSECONDS.toMillis(attacked - begun),
                worst.toMillis(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - attacked));
    }

    /** A program that has done its work a few times holds more than one that has just started. */
    private static Vitals warm(Target target) throws Exception {
        try (Honest honest = Honest.at(target, scene.cast().honest(), Honest.Manner.COMES_ANEW)) {
            for (int visit = 0; visit < 10; visit++) {
                honest.awaitVisit();
            }
        }
        return target.vitals();
    }
}
