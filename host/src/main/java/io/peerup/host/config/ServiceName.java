package io.peerup.host.config;

import io.peerup.host.file.PrintableText;
import io.peerup.swarm.ProtocolId;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a service: a DNS label, 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end. Names of
 * our own protocols are reserved.
 *
 * @param value the label
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
    /** Names that no service can have. */
    public static final Set<String> RESERVED = Set.of("invite", "kad", "rtt-probe", "relay-pair");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Rejects what is no label, and reserved names. */
    public ServiceName {
        if (!isLabel(value) || RESERVED.contains(value)) {
            throw new IllegalArgumentException("not a service name: " + value);
        }
    }

    /** A name from text. */
    public static ServiceName parse(String text) throws InvalidValue {
        if (!isLabel(text)) {
            throw new InvalidValue("invalid service name: " + PrintableText.quoted(text)
                    + " must be 1-63 lowercase alphanumeric characters or hyphens, with no hyphen at either end");
        }
        if (RESERVED.contains(text)) {
            throw new InvalidValue(
                    "invalid service name: \"" + text + "\" is reserved for a protocol of peerup; choose another name");
        }
        return new ServiceName(text);
    }

    /** The protocol that carries the service: {@code /peerup/NAME/1.0.0}. */
    public ProtocolId protocolId() {
        return ProtocolId.of("/peerup/" + value + "/1.0.0");
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }
}
