package io.peerup.interop.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers, streams, circuits and proxies come and go for some minutes ({@code -Dsoak.minutes}; half a minute, or two on a build machine), and nothing of
 * it stays behind in our processes. A slow machine makes it longer, and never fails it.
 */
class SoakTest {
    private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "2"));
    private static final Duration TIME = Duration.ofMillis((long) (MINUTES * 60_000));
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final int TRIES = 5;

    @TempDir
    Path directory;

    @Test
    void nothingStaysBehindOfAllThatComesAndGoes() throws Exception {
        try (Town town = Town.build(directory)) {
            new Crowd(town, Kinds.all()).comeAndGo(WARM_UP);
            Residue residue = Residue.in(town.subjects(), Bounds.USUAL);
            Crowd crowd = new Crowd(town, Kinds.all());
            List<Course> courses =
                    residue.of(() -> crowd.comeAndGo(TIME), () -> serveTheHonest(town), Residue.LONGEST_REST);

            List<String> complaints = new ArrayList<>(crowd.missing(TIME));
            Judge judge = new Judge(Bounds.USUAL);
            courses.forEach(course -> complaints.addAll(judge.complaints(course)));
            Report report = Report.of(MINUTES, courses, crowd.counted(), complaints);
            report.write(Path.of("target", "soak.json"));
            System.out.print(report.table());
            assertThat(complaints).isEmpty();
        }
    }

    /** After all of that. */
    private static void serveTheHonest(Town town) {
        for (Churn kind : Kinds.honest()) {
            for (int attempt = 1; !serve(kind, town, attempt == TRIES); attempt++) {}
        }
    }

    private static boolean serve(Churn kind, Town town, boolean last) {
        try {
            kind.deed().happenIn(town);
            return true;
        } catch (Exception failed) {
            if (last) {
                throw new AssertionError("after the churn, no more: " + kind.name(), failed);
            }
            return false;
        }
    }
}
