package io.peerup.host.authorization;

import io.peerup.host.identity.WrittenPeerId;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of an {@code authorized_keys} file. A line is a peer ID, {@code #} and a comment, both optional; blank
 * lines and a byte order mark mean nothing.
 *
 * <p>Bytes are kept as Latin-1 characters, so that a line nobody understands is written back as it was.
 */
final class AuthorizedKeysText {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final String text;

    private AuthorizedKeysText(String text) {
        this.text = text;
    }

    static AuthorizedKeysText of(byte[] bytes) {
        return new AuthorizedKeysText(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    AuthorizedKeysReport report() {
        List<AuthorizedPeer> peers = new ArrayList<>();
        List<BadLine> badLines = new ArrayList<>();
        int number = 0;
        for (String line : lines()) {
            number++;
            Optional<String> id = idOf(line);
            if (id.isPresent()) {
                try {
                    peers.add(new AuthorizedPeer(WrittenPeerId.parse(id.get()), commentOf(line)));
                } catch (ProtocolViolation notAnId) {
                    badLines.add(new BadLine(number, utf8(id.get()), String.valueOf(notAnId.getMessage())));
                }
            }
        }
        return new AuthorizedKeysReport(peers, badLines);
    }

    /** One more line at the end, also where the last one lacks its end. */
    AuthorizedKeysText with(AuthorizedPeer peer) {
        String glue = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        byte[] line = (peer.line() + "\n").getBytes(StandardCharsets.UTF_8);
        return new AuthorizedKeysText(text + glue + new String(line, StandardCharsets.ISO_8859_1));
    }

    /** Without the lines of one peer; every other character stays. */
    AuthorizedKeysText without(PeerId peer) {
        StringBuilder kept = new StringBuilder(text.length());
        for (String line : lines()) {
            if (!isOf(peer, line)) {
                kept.append(line);
            } else if (line.startsWith(BYTE_ORDER_MARK)) {
                kept.append(BYTE_ORDER_MARK);
            }
        }
        return new AuthorizedKeysText(kept.toString());
    }

    /** The lines with their ends. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private static boolean isOf(PeerId peer, String line) {
        Optional<String> id = idOf(line);
        try {
            return id.isPresent() && WrittenPeerId.parse(id.get()).equals(peer);
        } catch (ProtocolViolation notAnId) {
            return false;
        }
    }

    private static Optional<String> idOf(String line) {
        int comment = line.indexOf('#');
        String before = comment < 0 ? line : line.substring(0, comment);
        String id = (before.startsWith(BYTE_ORDER_MARK) ? before.substring(BYTE_ORDER_MARK.length()) : before).strip();
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    private static String commentOf(String line) {
        int comment = line.indexOf('#');
        return comment < 0 ? "" : utf8(line.substring(comment + 1).strip());
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
