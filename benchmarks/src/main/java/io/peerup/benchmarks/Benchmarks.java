package io.peerup.benchmarks;

import io.peerup.benchmarks.lines.AllLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program behind {@code benchmarks/run}. Linux only; runs in the directory of this module. */
public final class Benchmarks {
    private static final double IDLE_ENOUGH = 0.85;

    private Benchmarks() {}

    /** Measures what the command line asks for, and prints one table. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--list")) {
            AllLines.all().forEach(line -> System.out.println(line.name()));
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        List<Line> lines = AllLines.all().stream().filter(options::wants).toList();
        if (lines.isEmpty()) {
            System.err.println("no line is called " + options.only() + "; --list names them");
            System.exit(2);
        }
        run(options, lines);
    }

    private static void run(Options options, List<Line> lines) throws Exception {
        Setting setting = new Setting(
                Path.of("..").toAbsolutePath().normalize(),
                Files.createDirectories(Path.of("target", "logs")).toAbsolutePath(),
                options.quick());
        Path json = options.json().orElse(Path.of("target", "benchmarks.json"));
        Machine machine = Machine.look();
        System.err.println(machine.line());
        List<Measured> all = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (Line line : lines) {
            System.err.println(line.name() + " ...");
            try {
                all.add(measure(line, new Rounds(options), setting));
            } catch (Line.LeftOut missing) {
                remarks.add(line.name() + " is left out, missing: " + missing.getMessage());
            }
            // After every line, so that a run that is stopped has not been for nothing.
            Files.writeString(json, JsonReport.of(machine, all));
        }
        System.out.println(machine.line() + "\n");
        System.out.print(TextTable.of(all));
        System.out.println();
        remarks.addAll(disturbances(machine, all));
        remarks.forEach(System.out::println);
        System.out.println("All figures: " + json.toAbsolutePath().normalize());
    }

    private static Measured measure(Line line, Rounds rounds, Setting setting) throws Exception {
        Line.Lanes lanes = line.open(setting);
        try {
            return rounds.measure(line, lanes);
        } finally {
            for (Lane lane : lanes.all()) {
                close(lane);
            }
            close(lanes.shared());
        }
    }

    private static void close(AutoCloseable part) throws IOException {
        try {
            part.close();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    private static List<String> disturbances(Machine machine, List<Measured> all) {
        List<String> remarks = new ArrayList<>();
        if (machine.idle() < IDLE_ENOUGH) {
            remarks.add("The machine was not quiet at the start: %.0f %% idle, %.0f %% would do."
                    .formatted(machine.idle() * 100, IDLE_ENOUGH * 100));
        }
        for (Measured measured : all) {
            if (measured.quietRounds() < Math.min(Measured.LEAST_QUIET_ROUNDS, measured.roundCount())) {
                remarks.add(
                        "The machine was not quiet during %s: in %d of %d rounds others used more than %.0f %%; all rounds count."
                                .formatted(
                                        measured.line().name(),
                                        measured.roundCount() - measured.quietRounds(),
                                        measured.roundCount(),
                                        Sample.QUIET * 100));
            }
        }
        return remarks;
    }
}
