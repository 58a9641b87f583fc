package io.peerup.wire;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads the few DER types that keys and signatures need, strictly: definite minimal lengths, minimal integers, nothing
 * after the end. It allocates no more than its input and leaves foreign ASN.1 parsers out of reach of a peer.
 */
final class DerReader {
    private final byte[] der;
    private final int end;
    private int position;

    DerReader(byte[] der) {
        this(der, 0, der.length);
    }

    private DerReader(byte[] der, int start, int end) {
        this.der = der;
        this.position = start;
        this.end = end;
    }

    boolean atEnd() {
        return position == end;
    }

    /** Nothing may follow. */
    void end() throws ProtocolViolation {
        if (!atEnd()) {
            throw malformed((end - position) + " bytes too many");
        }
    }

    DerReader sequence() throws ProtocolViolation {
        return element(Der.SEQUENCE);
    }

    /** What is inside an explicit tag. */
    DerReader explicit(int number) throws ProtocolViolation {
        return element(Der.EXPLICIT | number);
    }

    /** Whether the next element is an explicit tag of this number. */
    boolean nextIsExplicit(int number) {
        return !atEnd() && der[position] == (byte) (Der.EXPLICIT | number);
    }

    byte[] octetString() throws ProtocolViolation {
        return element(Der.OCTET_STRING).rest();
    }

    /** A bit string of whole bytes. */
    byte[] bitString() throws ProtocolViolation {
        DerReader content = element(Der.BIT_STRING);
        if (content.atEnd() || content.der[content.position++] != 0) {
            throw malformed("a bit string with unused bits");
        }
        return content.rest();
    }

    /** An integer that is not negative and has at most {@code maxBytes} bytes without its sign. */
    BigInteger unsigned(int maxBytes) throws ProtocolViolation {
        byte[] value = element(Der.INTEGER).rest();
        if (value.length == 0 || value[0] < 0) {
            throw malformed("an integer that is empty or negative");
        }
        boolean padded = value[0] == 0 && value.length > 1;
        if (padded && value[1] >= 0) {
            throw malformed("an integer with a superfluous byte");
        }
        if (value.length - (padded ? 1 : 0) > maxBytes) {
            throw malformed("an integer of " + value.length + " bytes");
        }
        return new BigInteger(value);
    }

    /** Whether these bytes come next. */
    boolean nextIs(byte[] exactly) {
        int next = position + exactly.length;
        return next <= end && Arrays.equals(der, position, next, exactly, 0, exactly.length);
    }

    /** Passes over bytes that can only be these. */
    void expect(byte[] exactly) throws ProtocolViolation {
        if (!nextIs(exactly)) {
            throw malformed("another value where only one is possible");
        }
        position += exactly.length;
    }

    private DerReader element(int tag) throws ProtocolViolation {
        if (readByte() != tag) {
            throw malformed("another type than " + tag);
        }
        int length = length();
        if (length > end - position) {
            throw malformed("truncated");
        }
        position += length;
        return new DerReader(der, position - length, position);
    }

    private int length() throws ProtocolViolation {
        int first = readByte();
        if (first < 0x80) {
            return first;
        }
        return switch (first) {
            case 0x81 -> atLeast(0x80, readByte());
            case 0x82 -> atLeast(0x100, (readByte() << 8) | readByte());
            default -> throw malformed("a length of form " + first);
        };
    }

    private static int atLeast(int minimum, int length) throws ProtocolViolation {
        if (length < minimum) {
            throw malformed("a length that is not minimal");
        }
        return length;
    }

    private int readByte() throws ProtocolViolation {
        if (atEnd()) {
            throw malformed("truncated");
        }
        return der[position++] & 0xff;
    }

    private byte[] rest() {
        byte[] rest = Arrays.copyOfRange(der, position, end);
        position = end;
        return rest;
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.DER_MALFORMED, detail);
    }
}
