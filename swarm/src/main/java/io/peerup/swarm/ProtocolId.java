package io.peerup.swarm;

import java.nio.charset.StandardCharsets;

/**
 * The name of a protocol as multistream-select carries it, for example {@code /ipfs/ping/1.0.0}.
 *
 * @param value printable text without a line feed, 1 to {@value #MAX_BYTES} bytes of UTF-8
 */
public record ProtocolId(String value) implements Comparable<ProtocolId> {
    /** The longest identifier that fits a multistream token of 1024 bytes together with its line feed. */
    public static final int MAX_BYTES = 1023;

    /** Checks the bounds; an identifier that comes from a peer is checked by the codec before it gets here. */
    public ProtocolId {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not a protocol identifier: " + bytes + " bytes");
        }
    }

    /** The identifier named {@code value}. */
    public static ProtocolId of(String value) {
        return new ProtocolId(value);
    }

    @Override
    public int compareTo(ProtocolId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
