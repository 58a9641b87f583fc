package io.peerup.node.api;

import io.peerup.host.file.PrintableText;
import java.util.Arrays;

/** A call that was not done. The message is one printable line that says what and why. */
public final class ApiProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CHARS = 1000;

    private final Kind kind;

    /** Whose fault it is, as an HTTP status tells it. */
    public enum Kind {
        /** The request is wrong, also where it names a peer that nobody knows. */
        INVALID(400),
        /** The cookie is missing or another one. */
        UNAUTHORIZED(401),
        /** There is no such thing. */
        NOT_FOUND(404),
        /** The daemon tried and failed. */
        FAILED(500),
        /** The peer cannot be reached. */
        UNREACHABLE(502),
        /** The daemon is stopping, has too much to do, or does not answer as it should. */
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The kind that a status tells; {@link #FAILED} for any other. */
        public static Kind of(int status) {
            return Arrays.stream(values())
                    .filter(kind -> kind.status == status)
                    .findFirst()
                    .orElse(FAILED);
        }
    }

    /** A problem; what is not printable in the line is replaced. */
    public ApiProblem(Kind kind, String line) {
        super(PrintableText.of(line, MAX_CHARS));
        this.kind = kind;
    }

    /** The same, with what caused it. */
    public ApiProblem(Kind kind, String line, Throwable cause) {
        super(PrintableText.of(line, MAX_CHARS), cause);
        this.kind = kind;
    }

    /** Whose fault it is. */
    public Kind kind() {
        return kind;
    }

    /** The line to print. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
