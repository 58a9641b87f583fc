package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Changes the services in the text of a configuration and nothing else. Places come from the parser, so that a comment
 * that looks like a key is none; lines that are nothing but a comment stay, also those of a service that goes.
 *
 * <p>What comes out is for the caller to check: YAML has more ways to write a mapping than are known here.
 */
final class ServicesText {
    private static final int USUAL_STEP = 2;
    private static final int MAX_STEP = 8;

    private final Path file;
    private final SourceText source;
    private final MappingNode root;
    private final int step;

    private ServicesText(Path file, SourceText source, MappingNode root) {
        this.file = file;
        this.source = source;
        this.root = root;
        this.step = step(root);
    }

    static ServicesText of(Path file, String text) throws FileProblem {
        return new ServicesText(file, new SourceText(text), YamlText.compose(file, text));
    }

    /** The text with {@code added}, which is one of the services {@code after} the change. */
    String with(ServiceName added, Map<ServiceName, ServiceEntry> after) throws FileProblem {
        Optional<NodeTuple> services = tuple(root, "services");
        if (services.isEmpty()) {
            String blank = source.lineBreak();
            YamlBlock lines = block().line(column(root), "services:").services(column(root) + step, after);
            return source.insertLines(source.length(), blank + lines.text()).text();
        }
        Node value = valueInPlace(services.get());
        if (!isFilledBlock(value)) {
            return rewritten(services.get(), after);
        }
        List<NodeTuple> entries = ((MappingNode) value).getValue();
        int column = column(value);
        YamlBlock lines = block().service(column, added, present(after, added));
        return source.insertLines(end(entries.getLast(), column), lines.text()).text();
    }

    /** The text without {@code removed}, which is not one of the services {@code after} the change. */
    String without(ServiceName removed, Map<ServiceName, ServiceEntry> after) throws FileProblem {
        NodeTuple services = requireTuple(root, "services");
        Node value = valueInPlace(services);
        if (!isFilledBlock(value)) {
            return rewritten(services, after);
        }
        NodeTuple entry = requireTuple((MappingNode) value, removed.value());
        int key = source.at(entry.getKeyNode().getStartMark());
        int start = source.lineStart(key);
        if (!source.isBlank(start, key)) {
            throw byHand(entry.getKeyNode());
        }
        int end = end(entry, column(value));
        SourceText without = source.replace(start, end, source.commentsBetween(start, end));
        int colon = colon(services);
        return (after.isEmpty() ? without.replace(colon, colon, " {}") : without).text();
    }

    /** The text with one service offered or not. */
    String withEnabled(ServiceName name, boolean enabled) throws FileProblem {
        Node services = valueInPlace(requireTuple(root, "services"));
        NodeTuple entry = requireTuple((MappingNode) services, name.value());
        MappingNode keys = (MappingNode) valueInPlace(entry);
        Optional<NodeTuple> flag = tuple(keys, "enabled");
        if (flag.isPresent()) {
            Node value = valueInPlace(flag.get());
            int start = source.at(value.getStartMark());
            int end = source.at(value.getEndMark());
            return source.replace(start, end, (start == end ? " " : "") + enabled)
                    .text();
        }
        int first = source.at(keys.getValue().getFirst().getKeyNode().getStartMark());
        String between = isFlow(keys) ? ", " : source.lineBreak() + " ".repeat(column(keys));
        return source.replace(first, first, "enabled: " + enabled + between).text();
    }

    /** Writes the whole value anew, where it is nothing, empty, or in braces. */
    private String rewritten(NodeTuple services, Map<ServiceName, ServiceEntry> after) throws FileProblem {
        Node value = services.getValueNode();
        int start = source.at(value.getStartMark());
        int end = source.at(value.getEndMark());
        if (source.between(start, end).contains("#")) {
            throw byHand(value);
        }
        if (after.isEmpty()) {
            return source.replace(start, end, "{}").text();
        }
        int bare = start == end ? start : source.withoutSpacesBefore(start);
        SourceText without = source.replace(bare, end, "");
        String lines = block().services(column(root) + step, after).text();
        return without.insertLines(without.nextLine(bare), lines).text();
    }

    private YamlBlock block() {
        return new YamlBlock(source.lineBreak(), step);
    }

    /** The start of the line after an entry and after the comments that are indented deeper than its key. */
    private int end(NodeTuple entry, int column) {
        int content =
                contentEnd(entry.getValueNode(), source.at(entry.getKeyNode().getEndMark()));
        int line = content > 0 && content == source.lineStart(content) ? content : source.nextLine(content);
        while (source.commentColumn(line).orElse(0) > column) {
            line = source.nextLine(line);
        }
        return line;
    }

    /** Where a node's last character is; the parser's own mark of a block stands behind comments and blank lines. */
    private int contentEnd(Node node, int before) {
        int start = source.at(node.getStartMark());
        if (start < before) {
            return before; // an alias: the node stands where its anchor is
        }
        if (node instanceof MappingNode mapping && isFilledBlock(mapping)) {
            NodeTuple last = mapping.getValue().getLast();
            return contentEnd(last.getValueNode(), source.at(last.getKeyNode().getEndMark()));
        }
        if (node instanceof SequenceNode list
                && !isFlow(list)
                && !list.getValue().isEmpty()) {
            return contentEnd(list.getValue().getLast(), start);
        }
        return source.at(node.getEndMark());
    }

    private Node valueInPlace(NodeTuple tuple) throws FileProblem {
        Node value = tuple.getValueNode();
        if (source.at(value.getStartMark()) < source.at(tuple.getKeyNode().getEndMark())) {
            throw byHand(tuple.getKeyNode());
        }
        return value;
    }

    /** Behind the colon of a key. */
    private int colon(NodeTuple tuple) throws FileProblem {
        int keyEnd = source.at(tuple.getKeyNode().getEndMark());
        int colon = source.text().indexOf(':', keyEnd);
        if (colon < 0 || !source.isBlank(keyEnd, colon)) {
            throw byHand(tuple.getKeyNode());
        }
        return colon + 1;
    }

    private NodeTuple requireTuple(MappingNode mapping, String key) throws FileProblem {
        Optional<NodeTuple> tuple = tuple(mapping, key);
        if (tuple.isEmpty()) {
            throw byHand(mapping);
        }
        return tuple.get();
    }

    private FileProblem byHand(Node node) {
        return FileProblem.at(
                file,
                node.getStartMark().getLine() + 1,
                "written in a way that only a person can change; nothing was changed, edit the file by hand");
    }

    private static ServiceEntry present(Map<ServiceName, ServiceEntry> services, ServiceName name) {
        return Optional.ofNullable(services.get(name)).orElseThrow();
    }

    private static Optional<NodeTuple> tuple(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    private static boolean isFilledBlock(Node node) {
        return node instanceof MappingNode mapping
                && !isFlow(mapping)
                && !mapping.getValue().isEmpty();
    }

    private static boolean isFlow(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    private static int column(Node node) {
        return node.getStartMark().getColumn();
    }

    /** How much deeper the file's first section is indented. */
    private static int step(MappingNode root) {
        int column = column(root);
        return root.getValue().stream()
                .map(NodeTuple::getValueNode)
                .filter(value -> isFilledBlock(value) && Tag.MAP.equals(value.getTag()))
                .map(value -> column(value) - column)
                .filter(step -> step > 0 && step <= MAX_STEP)
                .findFirst()
                .orElse(USUAL_STEP);
    }
}
