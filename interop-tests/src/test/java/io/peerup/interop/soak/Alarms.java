package io.peerup.interop.soak;

import java.util.List;
import java.util.regex.Pattern;

/** Lines of a log that no honest peer and no interrupted one may cause. */
final class Alarms {
    private static final Pattern ALARM =
            Pattern.compile("LEAK:|\\bERROR\\b|Exception|OutOfMemory|StackOverflow|^\\s+at |^Caused by");
    private static final int MOST = 20;

    private Alarms() {}

    /** The first of them. */
    static List<String> in(List<String> lines) {
        return lines.stream()
                .filter(line -> ALARM.matcher(line).find())
                .limit(MOST)
                .toList();
    }
}
