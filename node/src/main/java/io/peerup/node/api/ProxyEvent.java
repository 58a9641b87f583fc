package io.peerup.node.api;

import io.peerup.host.file.PrintableText;
import java.util.regex.Pattern;

/**
 * Something happened at a proxy.
 *
 * @param event a word for programs: {@code opened}, {@code failed}, {@code ended}, …
 * @param line the same for a person, one line
 */
public record ProxyEvent(String event, String line) {
    /** The word for events that a slow reader missed. */
    public static final String MISSED = "missed";

    private static final int MAX_CHARS = 500;
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,32}");

    /** Rejects what is not a word, and makes the line printable. */
    public ProxyEvent {
        if (!WORD.matcher(event).matches()) {
            throw new IllegalArgumentException("an event is 1 to 32 lower-case letters");
        }
        line = PrintableText.of(line, MAX_CHARS);
    }
}
