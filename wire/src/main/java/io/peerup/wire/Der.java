package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.HexFormat;

/** Writes the few DER types that keys and signatures need. */
final class Der {
    /** What the forms of a length that we read and write can express. */
    static final int MAX_CONTENT_BYTES = 0xffff;

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    static final int EXPLICIT = 0xa0;

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, concatenate(elements));
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] octetString(byte[] value) {
        return element(OCTET_STRING, value);
    }

    static byte[] bitString(byte[] value) {
        return element(BIT_STRING, concatenate(new byte[1], value));
    }

    static byte[] explicit(int number, byte[] value) {
        return element(EXPLICIT | number, value);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static byte[] concatenate(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuf whole = Unpooled.wrappedBuffer(new byte[length]).clear();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.array();
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] header;
        if (length < 0x80) {
            header = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            header = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            header = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return concatenate(header, content);
    }
}
