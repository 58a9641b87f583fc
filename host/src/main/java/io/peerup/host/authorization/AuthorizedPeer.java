package io.peerup.host.authorization;

import io.peerup.host.file.PrintableText;
import io.peerup.wire.PeerId;

/**
 * A peer that may connect.
 *
 * @param id who
 * @param comment what a person wrote beside it, printable; may be empty
 */
public record AuthorizedPeer(PeerId id, String comment) {
    /** The longest comment kept. */
    public static final int MAX_COMMENT_CHARS = 256;

    /** Makes the comment one printable line. */
    public AuthorizedPeer {
        comment = PrintableText.of(comment, MAX_COMMENT_CHARS).strip();
    }

    /** The line of the file, without its end. */
    String line() {
        return comment.isEmpty() ? id.toString() : id + "  # " + comment;
    }
}
