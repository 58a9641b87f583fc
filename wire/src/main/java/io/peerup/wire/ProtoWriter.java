package io.peerup.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes one protobuf message, field by field in the order of the calls. For one thread.
 *
 * <p>Every call writes its field, also when the value is zero or empty: whether a field is present is the caller's
 * decision.
 */
public final class ProtoWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** Writes an unsigned integer, also an enum's number or a 32-bit one. */
    public ProtoWriter uint64(int field, long value) {
        return write(() -> out.writeUInt64(field, value));
    }

    /** Writes a boolean. */
    public ProtoWriter bool(int field, boolean value) {
        return write(() -> out.writeBool(field, value));
    }

    /** Writes an unsigned 64-bit number of fixed size. */
    public ProtoWriter fixed64(int field, long value) {
        return write(() -> out.writeFixed64(field, value));
    }

    /** Writes bytes. */
    public ProtoWriter bytes(int field, byte[] value) {
        return write(() -> out.writeByteArray(field, value));
    }

    /** Writes text as UTF-8. */
    public ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a message within this one. */
    public ProtoWriter message(int field, ProtoWriter value) {
        return bytes(field, value.toByteArray());
    }

    /** The message so far. */
    public byte[] toByteArray() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private ProtoWriter write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return this;
    }

    private interface Write {
        void run() throws IOException;
    }
}
