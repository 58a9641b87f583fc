package io.peerup.testkit.hostile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Protobuf fields, written by hand and read without asking what they mean. */
public final class Proto {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int START_GROUP = 3;

    private Proto() {}

    /**
     * A field as it was on the wire.
     *
     * @param value of a number, else 0
     * @param bytes of a string, bytes or a message, else none
     */
    public record Field(int number, long value, byte[] bytes) {}

    /** A number. */
    public static byte[] number(int field, long value) {
        return Bytes.join(tag(field, VARINT), Varint.of(value));
    }

    /** Bytes, a string or a message. */
    public static byte[] bytes(int field, byte[]... content) {
        byte[] all = Bytes.join(content);
        return Bytes.join(tag(field, BYTES), Varint.of(all.length), all);
    }

    /** The beginning of a group, which nobody uses. */
    public static byte[] startGroup(int field) {
        return tag(field, START_GROUP);
    }

    /** A message with its length before it. */
    public static byte[] delimited(byte[] message) {
        return Bytes.join(Varint.of(message.length), message);
    }

    /** One message with its length before it, from a pipe. */
    public static List<Field> readDelimited(Pipe pipe) throws java.io.IOException {
        return read(pipe.read((int) Varint.read(pipe)));
    }

    /** The fields of a message in their order. */
    public static List<Field> read(byte[] message) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message);
        while (in.hasRemaining()) {
            int tag = (int) varint(in);
            switch (tag & 7) {
                case VARINT -> fields.add(new Field(tag >>> 3, varint(in), new byte[0]));
                case BYTES -> {
                    byte[] content = new byte[(int) varint(in)];
                    in.get(content);
                    fields.add(new Field(tag >>> 3, 0, content));
                }
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            }
        }
        return fields;
    }

    /** The number in the first such field, or -1. */
    public static long number(List<Field> fields, int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .findFirst()
                .map(Field::value)
                .orElse(-1L);
    }

    /** The bytes of the first such field, or none. */
    public static byte[] bytes(List<Field> fields, int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .findFirst()
                .map(Field::bytes)
                .orElse(new byte[0]);
    }

    private static byte[] tag(int field, int type) {
        return Varint.of((long) field << 3 | type);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
