package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.interop.Matrix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
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

    @BeforeAll
    static void start() throws Exception {
        scene = Scene.open(directory);
        relay = warm(scene.relay());
        daemon = warm(scene.daemon());
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

    private static void run(Row row) throws Exception {
        long begun = System.nanoTime();
        try (Honest atRelay = Honest.at(scene.relay(), scene.cast().honest(), row.honest());
                Honest atDaemon = Honest.at(scene.daemon(), scene.cast().honest(), row.honest())) {
            row.attack().run(scene);
            atRelay.requireServed();
            atDaemon.requireServed();
        } catch (Throwable failed) {
            throw new AssertionError(row + ", expected: " + row.expected(), failed);
        }
        long attacked = System.nanoTime();
        requireBack(scene.relay(), relay);
        requireBack(scene.daemon(), daemon);
        System.out.printf(
                "%s: %d ms, back after %d ms%n",
                row,
                TimeUnit.NANOSECONDS.toMillis(attacked - begun),
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

    private static void requireBack(Target target, Vitals before) throws Exception {
        long until = System.nanoTime() + BACK_WITHIN.toNanos();
        Vitals now = target.vitals();
        while (!now.isBackAt(before) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(250);
            now = target.vitals();
        }
        assertThat(target.isAlive()).as("the attacked process lives").isTrue();
        assertThat(now.isBackAt(before)).as("%s is near %s", now, before).isTrue();
    }
}
