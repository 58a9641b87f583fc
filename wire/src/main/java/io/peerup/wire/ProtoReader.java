package io.peerup.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one protobuf message from a peer, field by field, and turns everything that can be wrong with it into a
 * {@link ProtocolViolation}. For one thread.
 *
 * <p>The caller has bounded the message as a whole; each field names its own bound, and repeated fields are counted by
 * the caller while it reads. Fields may come in any order and more than once: for a singular field the last one counts.
 * What the caller does not know it skips; groups are refused, known or not.
 *
 * <pre>{@code
 * for (int field = in.nextField(); field != 0; field = in.nextField()) {
 *     switch (field) {
 *         case 1 -> peer = in.bytes(PeerId.MAX_BYTES);
 *         default -> in.skip();
 *     }
 * }
 * }</pre>
 */
public final class ProtoReader {
    /** How deep messages may be nested. */
    public static final int MAX_DEPTH = 16;

    private final CodedInputStream in;
    private final int depth;
    private int tag;

    private ProtoReader(CodedInputStream in, int depth) {
        this.in = in;
        this.depth = depth;
    }

    /** A reader over a whole message. The array must not change while it is read. */
    public static ProtoReader of(byte[] message) {
        return new ProtoReader(CodedInputStream.newInstance(message), 1);
    }

    /** A reader over the readable bytes; neither the indices nor the reference count of the buffer change. */
    public static ProtoReader of(ByteBuf message) {
        return new ProtoReader(CodedInputStream.newInstance(message.nioBuffer()), 1);
    }

    /**
     * Moves to the next field.
     *
     * @return its number, or 0 at the end of the message
     */
    public int nextField() throws ProtocolViolation {
        return WireFormat.getTagFieldNumber(tag());
    }

    /**
     * Moves to the next field.
     *
     * @return its number and wire type as protobuf combines them, or 0 at the end of the message
     */
    public int tag() throws ProtocolViolation {
        tag = read(in::readTag);
        int wireType = WireFormat.getTagWireType(tag);
        if (wireType == WireFormat.WIRETYPE_START_GROUP || wireType == WireFormat.WIRETYPE_END_GROUP) {
            throw new ProtocolViolation(WireRule.PROTOBUF_GROUP, "field " + WireFormat.getTagFieldNumber(tag));
        }
        return tag;
    }

    /** The current field as an unsigned 64-bit integer; values from 2^63 are negative. */
    public long uint64() throws ProtocolViolation {
        require(WireFormat.WIRETYPE_VARINT);
        return read(in::readUInt64);
    }

    /** The current field as a 32-bit integer or an enum's number; more bits are cut off, as protobuf does. */
    public int uint32() throws ProtocolViolation {
        return (int) uint64();
    }

    /** The current field as a boolean: anything but zero is true. */
    public boolean bool() throws ProtocolViolation {
        return uint64() != 0;
    }

    /** The current field as an unsigned 64-bit number of fixed size. */
    public long fixed64() throws ProtocolViolation {
        require(WireFormat.WIRETYPE_FIXED64);
        return read(in::readFixed64);
    }

    /** The current field as at most {@code maxBytes} bytes. */
    public byte[] bytes(int maxBytes) throws ProtocolViolation {
        int length = length(maxBytes);
        return read(() -> in.readRawBytes(length));
    }

    /** The current field as text of at most {@code maxBytes} bytes of valid UTF-8. */
    public String string(int maxBytes) throws ProtocolViolation {
        byte[] utf8 = bytes(maxBytes);
        try {
            return Utf8.decode(utf8);
        } catch (CharacterCodingException e) {
            throw malformed("text that is not UTF-8 in " + this);
        }
    }

    /** The current field as a message of at most {@code maxBytes} bytes, with a reader of its own. */
    public ProtoReader message(int maxBytes) throws ProtocolViolation {
        if (depth == MAX_DEPTH) {
            throw new ProtocolViolation(WireRule.PROTOBUF_TOO_DEEP, "more than " + MAX_DEPTH + " levels");
        }
        return new ProtoReader(CodedInputStream.newInstance(bytes(maxBytes)), depth + 1);
    }

    /** Passes over the current field, whatever it is. */
    public void skip() throws ProtocolViolation {
        read(() -> in.skipField(tag));
    }

    /**
     * A field's value, which must have been there.
     *
     * @param value what was read, or null
     * @param message what the message is, for the log
     * @param field the field's name, for the log
     * @throws ProtocolViolation when the field was missing
     */
    public static <T> T present(@Nullable T value, String message, String field) throws ProtocolViolation {
        if (value == null) {
            throw new ProtocolViolation(WireRule.PROTOBUF_FIELD_MISSING, message + " without " + field);
        }
        return value;
    }

    @Override
    public String toString() {
        return "field " + WireFormat.getTagFieldNumber(tag);
    }

    private int length(int maxBytes) throws ProtocolViolation {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        long length = read(in::readRawVarint64);
        if (length < 0 || length > maxBytes) {
            throw new ProtocolViolation(
                    WireRule.PROTOBUF_FIELD_TOO_LONG, Long.toUnsignedString(length) + " bytes in " + this);
        }
        return (int) length;
    }

    private void require(int wireType) throws ProtocolViolation {
        if (WireFormat.getTagWireType(tag) != wireType) {
            throw malformed("wire type " + WireFormat.getTagWireType(tag) + " in " + this);
        }
    }

    private <T> T read(Read<T> read) throws ProtocolViolation {
        try {
            return read.run();
        } catch (InvalidProtocolBufferException e) {
            throw malformed(this + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.PROTOBUF_MALFORMED, detail);
    }

    private interface Read<T> {
        T run() throws IOException;
    }
}
