package io.peerup.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param only parts of the names of lines; empty for all
 * @param rounds counted rounds, 1 to 1000
 * @param json where to write all figures
 */
record Options(List<String> only, int rounds, Optional<Path> json, boolean quick) {
    static final String USAGE = """
            usage: benchmarks/run [--only LINE[,LINE...]] [--rounds N] [--json FILE] [--quick] [--list]
              --only LINE    lines whose name contains this
              --rounds N     counted rounds, 7 when not said
              --json FILE    all figures, benchmarks/target/benchmarks.json when not said
              --quick        3 rounds, shorter warm-up, a third of the work: to see that it runs
              --list         the names of the lines""";

    private static final int ROUNDS = 7;
    private static final int QUICK_ROUNDS = 3;
    private static final int MOST_ROUNDS = 1000;

    /** Reads a command line; the exception says in one line what is wrong with it. */
    static Options parse(List<String> arguments) {
        List<String> only = List.of();
        Optional<Integer> rounds = Optional.empty();
        Optional<Path> json = Optional.empty();
        boolean quick = false;
        for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
            String option = each.next();
            switch (option) {
                case "--only" -> only = List.of(value(option, each).split(",", -1));
                case "--rounds" -> rounds = Optional.of(rounds(value(option, each)));
                case "--json" -> json = Optional.of(Path.of(value(option, each)));
                case "--quick" -> quick = true;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(only, rounds.orElse(quick ? QUICK_ROUNDS : ROUNDS), json, quick);
    }

    boolean wants(Line line) {
        return only.isEmpty() || only.stream().anyMatch(line.name()::contains);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static int rounds(String text) {
        int rounds = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("--rounds must be 1 to " + MOST_ROUNDS + ", not " + text);
        }
        return rounds;
    }
}
