package io.peerup.wire;

import org.jspecify.annotations.Nullable;

/** The protobuf message that public and private keys share: a type and bytes, both present. */
final class KeyMessage {
    private final KeyType type;
    private final byte[] data;

    private KeyMessage(KeyType type, byte[] data) {
        this.type = type;
        this.data = data;
    }

    static KeyMessage read(byte[] message, int maxDataBytes) throws ProtocolViolation {
        ProtoReader in = ProtoReader.of(message);
        KeyType type = null;
        byte[] data = null;
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1 -> type = KeyType.ofCode(in.uint64());
                case 2 -> data = in.bytes(maxDataBytes);
                default -> in.skip();
            }
        }
        return new KeyMessage(present(type, "Type"), present(data, "Data"));
    }

    static byte[] write(KeyType type, byte[] data) {
        return new ProtoWriter().uint64(1, type.code()).bytes(2, data).toByteArray();
    }

    KeyType type() {
        return type;
    }

    byte[] data() {
        return data;
    }

    private static <T> T present(@Nullable T value, String field) throws ProtocolViolation {
        if (value == null) {
            throw new ProtocolViolation(WireRule.PROTOBUF_FIELD_MISSING, "a key without " + field);
        }
        return value;
    }
}
