package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import io.peerup.host.file.PrintableText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys and values in the order of the file, each key once. A key without a value is as good as absent. */
final class YamlSection {
    private static final int MAX_KEY_CHARS = 256;
    private static final int ABSENT = 0;

    private final Path file;
    private final String name;
    private final int line;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlSection(Path file, String name, int line) {
        this.file = file;
        this.name = name;
        this.line = line;
    }

    static YamlSection root(Path file, String text) throws FileProblem {
        MappingNode mapping = YamlText.compose(file, text);
        return of(file, "", mapping.getStartMark().getLine() + 1, mapping);
    }

    static YamlSection of(Path file, String name, int line, MappingNode mapping) throws FileProblem {
        YamlSection section = new YamlSection(file, name, line);
        for (NodeTuple entry : mapping.getValue()) {
            section.add(entry);
        }
        return section;
    }

    /** What is there, also what has no value. */
    Map<String, YamlValue> entries() {
        return values;
    }

    Optional<YamlValue> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isNull());
    }

    /** A value that must be there; {@code example} is a line to add. */
    YamlValue required(String key, String example) throws FileProblem {
        Optional<YamlValue> value = value(key);
        if (value.isPresent()) {
            return value.get();
        }
        String what = "missing " + qualified(key) + "; add a line such as: " + example;
        throw line == ABSENT ? FileProblem.in(file, what) : FileProblem.at(file, line, what);
    }

    /** The section behind a key, empty where the key is absent. */
    YamlSection section(String key) throws FileProblem {
        Optional<YamlValue> value = value(key);
        return value.isPresent() ? value.get().section() : new YamlSection(file, qualified(key), ABSENT);
    }

    boolean isAbsent() {
        return line == ABSENT;
    }

    /** Fails for the first key that is not one of these. */
    void requireOnly(String... known) throws FileProblem {
        List<String> allowed = List.of(known);
        for (Map.Entry<String, Integer> key : lines.entrySet()) {
            if (!allowed.contains(key.getKey())) {
                String advice = NearestName.of(key.getKey(), allowed)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("known " + (name.isEmpty() ? "here" : "in " + name) + ": " + String.join(", ", known));
                throw FileProblem.at(
                        file,
                        key.getValue(),
                        "unknown key " + PrintableText.quoted(key.getKey()) + " at line " + key.getValue() + "; "
                                + advice);
            }
        }
    }

    private void add(NodeTuple entry) throws FileProblem {
        int keyLine = entry.getKeyNode().getStartMark().getLine() + 1;
        if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getValue().isEmpty()) {
            throw FileProblem.at(file, keyLine, "a key must be a word; write it like: key: value");
        }
        String word = PrintableText.of(key.getValue(), MAX_KEY_CHARS);
        if (!word.equals(key.getValue())) {
            throw FileProblem.at(
                    file,
                    keyLine,
                    "the key " + PrintableText.quoted(word) + " is too long or cannot be printed; shorten it");
        }
        Integer before = lines.putIfAbsent(word, keyLine);
        if (before != null) {
            throw FileProblem.at(
                    file,
                    keyLine,
                    PrintableText.quoted(word) + " is there twice, at line " + before + " and line " + keyLine
                            + "; remove one");
        }
        values.put(word, YamlValue.behind(file, qualified(word), keyLine, entry.getValueNode()));
    }

    private String qualified(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }
}
