package io.peerup.host.config;

import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/**
 * Where a TCP service is or listens: an IP address or host name, and a port. Nothing is looked up.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a name of at most {@value #MAX_HOST_CHARS}
 *     characters
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {
    /** The longest host. */
    public static final int MAX_HOST_CHARS = 253;

    private static final int MAX_PORT = 65_535;
    private static final String FORM = "127.0.0.1:22, localhost:22 or [::1]:22";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern IP6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Rejects what cannot be a host or a port. */
    public HostAndPort {
        if (!isIp6(host) && !isNameOrIp4(host)) {
            throw new IllegalArgumentException("not a host: " + host);
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** From {@code host:port}; an IPv6 address stands in brackets. */
    public static HostAndPort parse(String text) throws InvalidValue {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw InvalidValue.of(text, "host:port", FORM);
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bracketed ? !isIp6(bare) : !isNameOrIp4(bare)) {
            throw InvalidValue.of(text, "host:port", FORM);
        }
        String port = text.substring(colon + 1);
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > MAX_PORT) {
            throw new InvalidValue(
                    InvalidValue.of(text, "host:port", FORM).getMessage() + "; the port is a number from 1 to 65535");
        }
        return new HostAndPort(bare, number);
    }

    /** {@code host:port}, brackets around an IPv6 address. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static boolean isIp6(String host) {
        return host.length() <= MAX_HOST_CHARS
                && host.indexOf(':') >= 0
                && IP6.matcher(host).matches()
                && NetUtil.isValidIpV6Address(host);
    }

    private static boolean isNameOrIp4(String host) {
        boolean named = host.length() <= MAX_HOST_CHARS && NAME.matcher(host).matches() && !host.contains("..");
        return named && (!NUMBERS.matcher(host).matches() || NetUtil.isValidIpV4Address(host));
    }
}
