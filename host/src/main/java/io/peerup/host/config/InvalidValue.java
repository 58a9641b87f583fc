package io.peerup.host.config;

import io.peerup.host.file.PrintableText;

/** A text that a person wrote is not what it should be. The message is one printable line: what, and what to write. */
public final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CHARS = 500;

    /** A value that is wrong for this reason. */
    public InvalidValue(String message) {
        super(PrintableText.of(message, MAX_CHARS));
    }

    /** The line to print. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** {@code "text" is no WHAT; write it like EXAMPLE}. */
    static InvalidValue of(String text, String isNo, String writeItLike) {
        return new InvalidValue(PrintableText.quoted(text) + " is no " + isNo + "; write it like " + writeItLike);
    }
}
