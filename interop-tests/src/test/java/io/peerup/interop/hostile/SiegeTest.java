package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.interop.lab.LabProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An OpenSSH session through our programs while the whole kit attacks them, one row after the other and then all at once for
 * some time ({@code -Dattack.minutes}, a quarter by default). A slow machine makes it longer, and never fails it.
 */
class SiegeTest {
    private static final double MINUTES = Double.parseDouble(System.getProperty("attack.minutes", "0.25"));
    private static final Duration TIME = Duration.ofMillis((long) (MINUTES * 60_000));
    private static final Duration BACK_WITHIN = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 5;
    /** Who waits has no turn in it. */
    private static final boolean IS_SHORT = MINUTES < 1;

    private static final Set<Row.Part> AT_ANY_TIME = EnumSet.of(Row.Part.ALWAYS, Row.Part.IN_ITS_TURN);
    private static final Set<Row.Part> IN_THEIR_TURN = EnumSet.complementOf(EnumSet.of(Row.Part.NONE));
    private static final Set<Row.Part> TOGETHER = EnumSet.of(Row.Part.ALWAYS, Row.Part.WAITS, Row.Part.SHUTS_OUT);
    private static final int ROWS_IN_TURN = IS_SHORT ? 39 : 43;
    private static final int ROWS_AT_ONCE = 39;
    private static final Pattern ALARM =
            Pattern.compile("LEAK:|OutOfMemoryError|StackOverflowError|\\bERROR\\b|^\\s+at |^Caused by");

    @TempDir
    static Path directory;

    private static final List<Row> IN_TURN = rows(IS_SHORT ? AT_ANY_TIME : IN_THEIR_TURN);
    private static final List<Row> AT_ONCE = rows(TOGETHER);

    @AutoClose
    private static Besieged besieged;

    private final List<String> report = new ArrayList<>();

    @BeforeAll
    static void build() throws Exception {
        besieged = Besieged.build(directory, AT_ONCE.size());
    }

    @Test
    void anSshSessionOutlivesTheWholeKit() throws Exception {
        int port = Target.freePort();
        try (LabProcess proxy = besieged.openProxy(port);
                LongSession session = besieged.openSession(port)) {
            besieged.requireRelayed();
            besieged.requireServed(port);
            session.requireAlive();
            List<Holding> before = holdings();

            inTurn(session);
            session.requireAlive();
            atOnce();
            session.requireAlive();

            besieged.clear();
            requireBack(before);
            besieged.requireRelayed();
            besieged.requireServed(port);
            session.requireAlive();
            assertThat(proxy.isAlive()).as("the proxy lives").isTrue();
            tell(session.figures());
            assertThat(alarms()).isEmpty();
        } finally {
            report.forEach(System.out::println);
            Files.write(Path.of("target", "siege.txt"), report);
            keepLogs();
        }
    }

    @Test
    void aSessionThatEndsIsSeen() throws Exception {
        int port = Target.freePort();
        try (LabProcess proxy = besieged.openProxy(port);
                LongSession session = besieged.openSession(port)) {
            session.requireAlive();
            proxy.stop();
            assertThatThrownBy(() -> requireAliveForever(session))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the session is broken");
        }
    }

    /** The daemon, which carries the session, may hear of the end later than we. */
    private static void requireAliveForever(LongSession session) throws InterruptedException {
        long until = System.nanoTime() + LongSession.PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            session.requireAlive();
        }
    }

    private void inTurn(LongSession session) throws Exception {
        assertThat(IN_TURN).hasSize(ROWS_IN_TURN);
        long begun = System.nanoTime();
        for (Row row : IN_TURN) {
            long rowBegun = System.nanoTime();
            attack(row);
            session.requireUnbroken();
            report.add("%6.1f s  %s".formatted(seconds(rowBegun), row));
        }
        report.add("%d rows one after the other in %.0f s; %s"
                .formatted(IN_TURN.size(), seconds(begun), session.figures()));
    }

    /** A row counts on time, too: a slow machine gets it anew. */
    private static void attack(Row row) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                row.attack().run(besieged.scene());
                return;
            } catch (Exception | AssertionError failed) {
                if (attempt == ATTEMPTS) {
                    throw new AssertionError(row + ", expected: " + row.expected(), failed);
                }
            }
        }
    }

    private void atOnce() throws Exception {
        assertThat(AT_ONCE).hasSize(ROWS_AT_ONCE);
        long begun = System.nanoTime();
        List<Storm.Tally> tallies = Storm.rage(besieged, AT_ONCE, TIME);
        tallies.forEach(tally -> report.add(tally.toString()));
        report.add("%d rows at once for %.0f s: %d attacks, %d of them as expected"
                .formatted(
                        tallies.size(),
                        seconds(begun),
                        tallies.stream().mapToInt(Storm.Tally::times).sum(),
                        tallies.stream().mapToInt(Storm.Tally::asExpected).sum()));
        assertThat(tallies).hasSize(ROWS_AT_ONCE).allMatch(tally -> tally.times() > 0);
        assertThat(tallies).anyMatch(tally -> tally.asExpected() > 0);
    }

    /** One of our programs, and what it held before. */
    private record Holding(String name, Target program, Vitals before) {}

    private static List<Holding> holdings() throws Exception {
        List<Holding> holdings = new ArrayList<>();
        for (Map.Entry<String, Target> each : besieged.programs().entrySet()) {
            holdings.add(
                    new Holding(each.getKey(), each.getValue(), each.getValue().vitals()));
        }
        return holdings;
    }

    private void requireBack(List<Holding> holdings) throws Exception {
        for (Holding each : holdings) {
            assertThat(each.program().isAlive()).as("%s lives", each.name()).isTrue();
            report.add("%-6s before: %s".formatted(each.name(), each.before()));
            each.program().requireBackAt(each.before(), BACK_WITHIN);
            report.add("%-6s after:  %s".formatted(each.name(), each.program().vitals()));
        }
    }

    private static List<String> alarms() throws Exception {
        List<String> alarms = new ArrayList<>();
        for (Map.Entry<String, Target> each : besieged.programs().entrySet()) {
            each.getValue()
                    .printed()
                    .lines()
                    .filter(line -> ALARM.matcher(line).find())
                    .forEach(line -> alarms.add(each.getKey() + ": " + line));
        }
        return alarms;
    }

    private static void keepLogs() throws Exception {
        for (Map.Entry<String, Target> each : besieged.programs().entrySet()) {
            Files.writeString(
                    Path.of("target", "siege-%s.log".formatted(each.getKey())),
                    each.getValue().printed());
        }
    }

    private void tell(LongSession.Figures figures) {
        report.add("ssh: %d lines came back, the longest took %d ms"
                .formatted(figures.lines(), figures.longest().toMillis()));
    }

    private static List<Row> rows(Set<Row.Part> parts) {
        return Rows.all().stream().filter(row -> parts.contains(row.part())).toList();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
