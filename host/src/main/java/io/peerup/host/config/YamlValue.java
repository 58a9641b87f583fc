package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import io.peerup.host.file.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What stands behind a key or in a list, read as what it should be. Scalars are text whatever they look like, as for
 * the original; booleans and numbers must not be in quotes.
 *
 * @param name the path of keys that leads here, for messages
 * @param line counted from 1
 */
record YamlValue(Path file, String name, int line, Node node) {
    static final int MAX_CHARS = 4096;

    private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** How a text becomes a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws InvalidValue;
    }

    /** The value behind a key; an alias counts as standing where it is used, a list or section at its key. */
    static YamlValue behind(Path file, String name, int keyLine, Node node) {
        int line = node instanceof ScalarNode
                ? Math.max(keyLine, node.getStartMark().getLine() + 1)
                : keyLine;
        return new YamlValue(file, name, line, node);
    }

    boolean isNull() {
        return Tag.NULL.equals(node.getTag());
    }

    String text() throws FileProblem {
        if (!(node instanceof ScalarNode scalar) || !TEXT.contains(scalar.getTag())) {
            throw problem("must be text, not " + kind());
        }
        String text = scalar.getValue();
        if (text.length() > MAX_CHARS) {
            throw problem("is longer than " + MAX_CHARS + " characters; shorten it");
        }
        if (!PrintableText.of(text, MAX_CHARS).equals(text)) {
            throw problem("has characters that cannot be printed; remove them");
        }
        return text;
    }

    <T> T as(Parser<T> parser) throws FileProblem {
        try {
            return parser.parse(text());
        } catch (InvalidValue invalid) {
            throw problem(invalid.getMessage());
        }
    }

    boolean bool() throws FileProblem {
        String word = node instanceof ScalarNode scalar && scalar.isPlain()
                ? scalar.getValue().toLowerCase(Locale.ROOT)
                : "";
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw problem("must be true or false, without quotes, not " + kind());
        }
        return TRUE.contains(word);
    }

    int number(int least, int most) throws FileProblem {
        String digits = node instanceof ScalarNode scalar && scalar.isPlain() ? scalar.getValue() : "";
        int number = NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
        if (number < least || number > most) {
            throw problem("must be a whole number from " + least + " to " + most + ", without quotes, not " + kind());
        }
        return number;
    }

    List<YamlValue> list(int most) throws FileProblem {
        if (!(node instanceof SequenceNode sequence) || !Tag.SEQ.equals(node.getTag())) {
            throw problem("must be a list, one \"- value\" per line, not " + kind());
        }
        if (sequence.getValue().size() > most) {
            throw problem("has more than " + most + " entries; remove some");
        }
        List<YamlValue> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            values.add(behind(file, name, line, item));
        }
        return values;
    }

    YamlSection section() throws FileProblem {
        if (!(node instanceof MappingNode mapping) || !Tag.MAP.equals(node.getTag())) {
            throw problem("must hold indented keys, not " + kind());
        }
        return YamlSection.of(file, name, line, mapping);
    }

    FileProblem problem(String what) {
        return FileProblem.at(file, line, name + ": " + what);
    }

    private String kind() {
        if (isNull()) {
            return "nothing";
        }
        boolean standard =
                TEXT.contains(node.getTag()) || Tag.SEQ.equals(node.getTag()) || Tag.MAP.equals(node.getTag());
        if (!standard) {
            return "something of the type " + PrintableText.quoted(node.getTag().getValue());
        }
        if (node instanceof ScalarNode scalar) {
            return PrintableText.quoted(scalar.getValue());
        }
        return node instanceof SequenceNode ? "a list" : "keys with values";
    }
}
