package io.peerup.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** IP addresses as text: literals only, never a name to resolve, printed as RFC 5952 has it. */
final class IpText {
    private static final int GROUPS = 8;
    private static final int MAX_ZONE_DIGITS = 9;
    private static final byte[] MAPPED_IP4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private IpText() {}

    static Inet4Address parse4(String text) throws ProtocolViolation {
        byte[] bytes = new byte[4];
        String[] parts = text.split("\\.", -1);
        if (parts.length != bytes.length) {
            throw malformed(text);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) octet(parts[i]);
        }
        return inet4(bytes);
    }

    static Inet6Address parse6(String text) throws ProtocolViolation {
        String hex = text.indexOf('.') < 0 ? text : withoutDottedQuad(text);
        int gap = hex.indexOf("::");
        short[] groups = new short[GROUPS];
        if (gap < 0) {
            if (groups(hex, groups, 0) != GROUPS) {
                throw malformed(text);
            }
        } else {
            String tail = hex.substring(gap + 2);
            short[] last = new short[GROUPS];
            int front = groups(hex.substring(0, gap), groups, 0);
            int back = groups(tail, last, 0);
            if (front + back >= GROUPS) {
                throw malformed(text);
            }
            System.arraycopy(last, 0, groups, GROUPS - back, back);
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 * GROUPS);
        bytes.asShortBuffer().put(groups);
        return inet6(bytes.array());
    }

    static String format(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return quad(bytes, 0);
        }
        return isMapped(bytes) ? "::ffff:" + quad(bytes, MAPPED_IP4.length) : groups(bytes);
    }

    static Inet4Address inet4(byte[] bytes) {
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IPv4 address has four bytes", e);
        }
    }

    /** Keeps IPv4-mapped addresses what they are. */
    static Inet6Address inet6(byte[] bytes) {
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IPv6 address has sixteen bytes", e);
        }
    }

    /** The address in a zone that has a number. */
    static Optional<Inet6Address> scoped(Inet6Address address, String zone) {
        if (zone.length() > MAX_ZONE_DIGITS || !ComponentRules.isDecimal(zone)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Inet6Address.getByAddress(null, address.getAddress(), Integer.parseInt(zone)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has sixteen bytes", e);
        }
    }

    private static boolean isMapped(byte[] bytes) {
        return bytes.length == 2 * GROUPS
                && Arrays.equals(bytes, 0, MAPPED_IP4.length, MAPPED_IP4, 0, MAPPED_IP4.length);
    }

    private static int octet(String digits) throws ProtocolViolation {
        boolean plain = digits.length() <= 3 && ComponentRules.isDecimal(digits);
        if (!plain || (digits.length() > 1 && digits.startsWith("0")) || Integer.parseInt(digits) > 255) {
            throw malformed(digits);
        }
        return Integer.parseInt(digits);
    }

    /** The dotted quad at the end as two groups. */
    private static String withoutDottedQuad(String text) throws ProtocolViolation {
        int quad = text.lastIndexOf(':') + 1;
        byte[] bytes = parse4(text.substring(quad)).getAddress();
        return text.substring(0, quad)
                + Integer.toHexString(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) + ":"
                + Integer.toHexString(((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff));
    }

    private static int groups(String text, short[] into, int start) throws ProtocolViolation {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        if (parts.length > into.length) {
            throw malformed(text);
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                throw malformed(text);
            }
            into[start + i] = (short) Integer.parseInt(parts[i], 16);
        }
        return parts.length;
    }

    private static String quad(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff)
                + "." + (bytes[offset + 1] & 0xff)
                + "." + (bytes[offset + 2] & 0xff)
                + "." + (bytes[offset + 3] & 0xff);
    }

    private static String groups(byte[] bytes) {
        int[] groups = new int[GROUPS];
        Arrays.setAll(groups, i -> ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff));
        int gapStart = 0;
        int gapLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = 0;
            while (start + length < GROUPS && groups[start + length] == 0) {
                length++;
            }
            if (length > gapLength) {
                gapStart = start;
                gapLength = length;
            }
        }
        if (gapLength == 1) {
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, gapStart) + "::" + join(groups, gapStart + gapLength, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static ProtocolViolation malformed(String text) {
        return new ProtocolViolation(WireRule.MULTIADDR_VALUE_INVALID, "no IP address: " + text);
    }
}
