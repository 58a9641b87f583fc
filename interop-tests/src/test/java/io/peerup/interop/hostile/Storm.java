package io.peerup.interop.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Rows that are all run at once, each on a thread of its own and again and again. What a row asserts may fail then: the
 * others take what it counts on. It is told, and proves nothing.
 */
final class Storm {
    /** Who was refused comes back, but leaves room for those who get further. */
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(200);

    private final List<Attacker> attackers = new ArrayList<>();

    private Storm(Besieged besieged, List<Row> rows) {
        for (int each = 0; each < rows.size(); each++) {
            attackers.add(new Attacker(rows.get(each), besieged.sceneOf(each)));
        }
    }

    /** What came of one row. */
    record Tally(Row row, int times, int asExpected, String lastSurprise) {
        @Override
        public String toString() {
            return "%5d times, %5d as expected  %s%s".formatted(times, asExpected, row, lastSurprise);
        }
    }

    /**
     * Rows that shut the others out begin when this time is over, and are run once while the others go on. Returns when
     * every row has come to an end.
     */
    static List<Tally> rage(Besieged besieged, List<Row> rows, Duration time) throws InterruptedException {
        return new Storm(besieged, rows).rage(time);
    }

    private List<Tally> rage(Duration time) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> most = start(row -> row.part() != Row.Part.SHUTS_OUT, over::get);
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        for (Thread last : start(row -> row.part() == Row.Part.SHUTS_OUT, () -> true)) {
            last.join();
        }
        over.set(true);
        for (Thread each : most) {
            each.join();
        }
        return attackers.stream().map(Attacker::tally).toList();
    }

    private List<Thread> start(Predicate<Row> which, BooleanSupplier over) {
        return attackers.stream()
                .filter(each -> which.test(each.row))
                .map(each -> Thread.ofPlatform().daemon().name("attacker").start(() -> each.attackUntil(over)))
                .toList();
    }

    /** One row; its numbers are read when its thread has ended. */
    private static final class Attacker {
        private final Row row;
        private final Scene scene;
        private int times;
        private int asExpected;
        private String lastSurprise = "";

        Attacker(Row row, Scene scene) {
            this.row = row;
            this.scene = scene;
        }

        void attackUntil(BooleanSupplier over) {
            do {
                try {
                    row.attack().run(scene);
                    asExpected++;
                } catch (Exception | AssertionError surprise) {
                    lastSurprise = ", the last surprise: " + inOneLine(surprise);
                    LockSupport.parkNanos(SOON);
                }
                times++;
            } while (!over.getAsBoolean());
        }

        Tally tally() {
            return new Tally(row, times, asExpected, lastSurprise);
        }

        private static String inOneLine(Throwable surprise) {
            return surprise.toString().replaceAll("\\s+", " ");
        }
    }
}
