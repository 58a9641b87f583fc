package io.peerup.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The text form of addresses: names and values between slashes, and a path as the rest. */
final class MultiaddrText {
    private final String text;
    private int position;

    private MultiaddrText(String text) {
        this.text = text;
    }

    static List<Component> parse(String text) throws ProtocolViolation {
        MultiaddrText cursor = new MultiaddrText(withoutTrailingSlashes(text));
        List<Component> components = new ArrayList<>();
        while (cursor.position < cursor.text.length()) {
            components.add(cursor.next());
        }
        return components;
    }

    static String format(List<Component> components) {
        return components.stream().map(Component::text).collect(Collectors.joining());
    }

    private Component next() throws ProtocolViolation {
        MultiaddrProtocol protocol = protocol(segment("a protocol"));
        if (protocol.valueBytes() == 0) {
            return ComponentText.parse(protocol, "");
        }
        return ComponentText.parse(
                protocol, protocol == MultiaddrProtocol.UNIX ? rest() : segment(protocol.protocolName()));
    }

    /** What stands between this slash and the next. */
    private String segment(String wanted) throws ProtocolViolation {
        if (position == text.length()) {
            throw new ProtocolViolation(WireRule.MULTIADDR_TRUNCATED, "no value for " + wanted);
        }
        if (text.charAt(position) != '/') {
            throw new ProtocolViolation(WireRule.MULTIADDR_MALFORMED, "no slash before " + wanted);
        }
        int slash = text.indexOf('/', position + 1);
        int end = slash < 0 ? text.length() : slash;
        String segment = text.substring(position + 1, end);
        position = end;
        return segment;
    }

    private String rest() {
        String rest = text.substring(position);
        position = text.length();
        return rest;
    }

    private static MultiaddrProtocol protocol(String name) throws ProtocolViolation {
        return MultiaddrProtocol.ofName(name)
                .orElseThrow(
                        () -> new ProtocolViolation(WireRule.MULTIADDR_PROTOCOL_UNKNOWN, "protocol named " + name));
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
