package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML text becomes a tree of nodes that know where they stand. No object is ever made of a tag. The text is bounded by
 * who reads the file, the tree by the limits here.
 */
final class YamlText {
    static final int MAX_DEPTH = 16;
    static final int MAX_ALIASES = 16;

    private YamlText() {}

    /** The one mapping that the text is. */
    static MappingNode compose(Path file, String text) throws FileProblem {
        requirePrintable(file, text);
        LoaderOptions limits = new LoaderOptions();
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setMaxAliasesForCollections(MAX_ALIASES);
        limits.setCodePointLimit(text.length() + 1);
        Optional<Node> root;
        try {
            root = Optional.ofNullable(new Yaml(limits).compose(new StringReader(text)));
        } catch (MarkedYAMLException malformed) {
            throw malformed(file, malformed);
        } catch (YAMLException | IllegalArgumentException malformed) {
            // the second for an escape such as \UFFFFFFFF, which the parser takes for a number
            throw FileProblem.in(file, "malformed YAML: " + malformed.getMessage() + "; correct it");
        }
        if (root.isEmpty() || Tag.NULL.equals(root.get().getTag())) {
            throw FileProblem.in(file, "holds no configuration, it is empty; restore it from a backup or remove it");
        }
        if (!(root.get() instanceof MappingNode mapping)) {
            int line = root.get().getStartMark().getLine() + 1;
            throw FileProblem.at(file, line, "no configuration; it begins with lines such as: version: 1");
        }
        return mapping;
    }

    private static void requirePrintable(Path file, String text) throws FileProblem {
        int line = 1;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            if (codePoint == '\n') {
                line++;
            } else if (!StreamReader.isPrintable(codePoint)) {
                throw FileProblem.at(
                        file,
                        line,
                        String.format("the character U+%04X does not belong in a text file; remove it", codePoint));
            }
            at += Character.charCount(codePoint);
        }
    }

    private static FileProblem malformed(Path file, MarkedYAMLException malformed) {
        String context = malformed.getContext() == null ? "" : malformed.getContext() + ", ";
        String what =
                "malformed YAML (" + context + malformed.getProblem() + "); correct this line or the one before it";
        Mark mark = malformed.getProblemMark() == null ? malformed.getContextMark() : malformed.getProblemMark();
        return mark == null ? FileProblem.in(file, what) : FileProblem.at(file, mark.getLine() + 1, what);
    }
}
