package io.peerup.node.api.server.calls;

import java.util.List;
import java.util.Map;

/**
 * A request whose cookie was right.
 *
 * @param path decoded, without the query
 * @param query decoded
 * @param accept the header, empty without one
 * @param body bounded by the server, empty without one
 */
public record ApiRequest(String method, String path, Map<String, List<String>> query, String accept, String body) {
    /** Whether the client prefers text to JSON. */
    boolean wantsText() {
        return hasParameter("format", "text") || accept.contains("text/plain");
    }

    /** Whether the first parameter of that name has this value. */
    boolean hasParameter(String name, String value) {
        List<String> values = query.getOrDefault(name, List.of());
        return !values.isEmpty() && values.getFirst().equals(value);
    }

    /** What follows the last slash of the path. */
    String lastSegment() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
