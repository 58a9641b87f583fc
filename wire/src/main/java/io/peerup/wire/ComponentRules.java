package io.peerup.wire;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the values of components have in common. */
final class ComponentRules {
    private static final int MAX_PORT = 0xffff;
    private static final Set<MultiaddrProtocol> RESOLVED =
            Set.of(MultiaddrProtocol.DNS, MultiaddrProtocol.DNS4, MultiaddrProtocol.DNS6, MultiaddrProtocol.DNSADDR);

    private ComponentRules() {}

    static void requirePort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** Text that fits between two slashes and does no harm in a log. */
    static void requireName(String name) {
        requireText(name);
        requirePrintable(name);
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a name has no slash");
        }
    }

    /** An absolute path that does not end in a slash. */
    static void requirePath(String path) {
        if (path.length() < 2 || !path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash and does not end in one");
        }
        requireText(path);
        requirePrintable(path);
    }

    /** Unicode that UTF-8 can hold, and some of it. */
    static void requireText(String text) {
        if (text.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("empty, or not Unicode");
        }
    }

    static void requireDns(MultiaddrProtocol protocol) {
        if (!RESOLVED.contains(protocol)) {
            throw new IllegalArgumentException(protocol + " does not resolve names");
        }
    }

    static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static void requirePrintable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control characters");
        }
    }
}
