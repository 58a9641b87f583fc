package io.peerup.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as the deployed multiaddr libraries use it for paths: everything but unreserved characters of RFC
 * 3986 is escaped, and a space is a plus sign.
 */
final class QueryEscape {
    private static final String HEX = "0123456789ABCDEF";

    private QueryEscape() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                escaped.append((char) b);
            } else if (b == ' ') {
                escaped.append('+');
            } else {
                escaped.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return escaped.toString();
    }

    static String unescape(String escaped) throws ProtocolViolation {
        byte[] in = escaped.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '+') {
                out.write(' ');
            } else if (in[i] == '%') {
                out.write((digit(in, i + 1) << 4) | digit(in, i + 2));
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        try {
            return Utf8.decode(out.toByteArray());
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.'
                || b == '~';
    }

    private static int digit(byte[] in, int index) throws ProtocolViolation {
        int digit = index < in.length ? Character.digit(in[index], 16) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static ProtocolViolation malformed() {
        return new ProtocolViolation(WireRule.MULTIADDR_VALUE_INVALID, "percent-encoding");
    }
}
