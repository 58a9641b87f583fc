package io.peerup.host.config;

import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;

/** A text in which places are found by the marks of a parser, and which is changed by cutting and pasting. */
record SourceText(String text) {
    /** The place of a mark, in characters. */
    int at(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    int length() {
        return text.length();
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Where the line that holds {@code at} is over; the end of the text when it is the last. */
    int nextLine(int at) {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline + 1;
    }

    boolean isBlank(int from, int to) {
        return text.substring(from, to).isBlank();
    }

    String between(int from, int to) {
        return text.substring(from, to);
    }

    /** How lines end here. */
    String lineBreak() {
        int newline = text.indexOf('\n');
        return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
    }

    /** The column of the {@code #}, when the line that starts there is nothing but a comment. */
    Optional<Integer> commentColumn(int lineStart) {
        int at = lineStart;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '#' ? Optional.of(at - lineStart) : Optional.empty();
    }

    /** The lines between two line starts that are nothing but comments. */
    String commentsBetween(int from, int to) {
        StringBuilder comments = new StringBuilder();
        for (int line = from; line < to; line = nextLine(line)) {
            if (commentColumn(line).isPresent()) {
                comments.append(text, line, nextLine(line));
            }
        }
        return comments.toString();
    }

    /** Where the spaces before {@code at} begin, on its line. */
    int withoutSpacesBefore(int at) {
        int start = at;
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        return start;
    }

    SourceText replace(int from, int to, String by) {
        return new SourceText(text.substring(0, from) + by + text.substring(to));
    }

    /** Puts whole lines at the start of a line, or at the end of a text whose last line may lack its end. */
    SourceText insertLines(int at, String lines) {
        boolean startsLine = at == 0 || text.charAt(at - 1) == '\n';
        return replace(at, at, startsLine ? lines : lineBreak() + lines);
    }
}
