package io.peerup.host.file;

/** Text from a file or another machine, made safe to print: one line, no control characters, bounded. */
public final class PrintableText {
    private static final int QUOTED_CHARS = 100;

    private PrintableText() {}

    /** The text with every control and line-separating character replaced by a space, cut to {@code maxChars}. */
    public static String of(String text, int maxChars) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), maxChars));
        int at = 0;
        while (at < text.length() && printable.length() < maxChars) {
            int codePoint = text.codePointAt(at);
            printable.appendCodePoint(isPrintable(codePoint) ? codePoint : ' ');
            at += Character.charCount(codePoint);
        }
        return at < text.length() ? printable + "..." : printable.toString();
    }

    /** The text in double quotes, cut to a length that fits a message. */
    public static String quoted(String text) {
        return '"' + of(text, QUOTED_CHARS) + '"';
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
