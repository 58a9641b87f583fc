package io.peerup.wire;

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
        return new KeyMessage(ProtoReader.present(type, "a key", "Type"), ProtoReader.present(data, "a key", "Data"));
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
}
