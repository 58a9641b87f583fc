package io.peerup.host.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: numbers with units, such as {@code 300ms}, {@code 1.5s} or {@code 1h30m}. Units are
 * {@code ns us µs ms s m h}. Zero to about 292 years, the most that Go can hold; never negative.
 */
public final class GoDuration {
    private static final int MAX_CHARS = 64;
    private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);
    private static final String FORM = "300ms, 30s, 2m or 1h30m";
    private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /** The duration that {@code text} names; {@code 0} needs no unit. */
    public static Duration parse(String text) throws InvalidValue {
        String unsigned = text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Duration.ZERO;
        }
        if (unsigned.isEmpty() || unsigned.length() > MAX_CHARS) {
            throw InvalidValue.of(text, "duration", FORM);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(unsigned);
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
            end = part.end();
        }
        if (end != unsigned.length()) {
            throw InvalidValue.of(text, "duration", FORM);
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new InvalidValue("\"" + text + "\" is longer than 292 years; write it like " + FORM);
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    /** As Go prints it: {@code 2m0s}, {@code 1h0m0.5s}, {@code 300ms}. */
    public static String format(Duration duration) {
        if (duration.isNegative() || duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("not a duration of Go's: " + duration);
        }
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return scaled(nanos, 3) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return scaled(nanos, 6) + "ms";
        }
        String seconds = scaled(duration.toSecondsPart() * 1_000_000_000L + duration.toNanosPart(), 9) + "s";
        if (duration.toMinutes() == 0) {
            return seconds;
        }
        String minutes = duration.toMinutesPart() + "m" + seconds;
        return duration.toHours() == 0 ? minutes : duration.toHours() + "h" + minutes;
    }

    private static String scaled(long value, int digits) {
        BigDecimal scaled = BigDecimal.valueOf(value, digits).stripTrailingZeros();
        return scaled.toPlainString();
    }

    private static BigDecimal unit(String name) {
        return BigDecimal.valueOf(
                switch (name) {
                    case "ns" -> 1L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 1_000L; // the three spellings of a microsecond
                });
    }
}
