package io.peerup.host.authorization;

import io.peerup.host.file.PrintableText;

/**
 * A line that names no peer.
 *
 * @param number counted from 1
 * @param text what stands where a peer ID should, printable
 * @param reason why it is none
 */
public record BadLine(int number, String text, String reason) {
    private static final int MAX_CHARS = 100;

    /** Makes the text printable. */
    public BadLine {
        text = PrintableText.of(text, MAX_CHARS);
    }
}
