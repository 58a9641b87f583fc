package io.peerup.host.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a person meant. */
final class NearestName {
    private static final int MAX_CHARS = 64;

    private NearestName() {}

    /** The known name that fewest typing errors make of {@code written}; empty when none is near. */
    static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > MAX_CHARS) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT).replace('-', '_');
        return known.stream()
                .filter(name -> distance(lower, name) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(lower, name)));
    }

    /** How many characters must be inserted, deleted or replaced. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[row.length - 1];
    }
}
