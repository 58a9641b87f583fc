package io.peerup.host.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes such as {@code 64MB}: whole numbers of bytes with {@code B KB MB GB} or nothing behind, in steps of 1024,
 * upper or lower case. Zero to {@link Long#MAX_VALUE}.
 */
public final class ByteSize {
    private static final String FORM = "65536, 512KB, 64MB or 1GB";
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,19})([KMG]?B)?");

    private ByteSize() {}

    /** The number of bytes that {@code text} names. */
    public static long parse(String text) throws InvalidValue {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw InvalidValue.of(text, "size", FORM);
        }
        String unit = size.group(2);
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), unit == null ? 1 : factor(unit.charAt(0)));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new InvalidValue("\"" + text.strip() + "\" is more bytes than can be counted; write it like " + FORM);
        }
    }

    /** The shortest text for a number of bytes. */
    public static String format(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a negative size: " + bytes);
        }
        for (char unit : new char[] {'G', 'M', 'K'}) {
            if (bytes != 0 && bytes % factor(unit) == 0) {
                return (bytes / factor(unit)) + String.valueOf(unit) + "B";
            }
        }
        return bytes + "B";
    }

    private static long factor(char unit) {
        return switch (unit) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1L;
        };
    }
}
