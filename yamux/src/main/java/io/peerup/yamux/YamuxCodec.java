package io.peerup.yamux;

import io.netty.buffer.ByteBuf;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Flags;

/** Headers of twelve bytes, big-endian: version, type, flags in two, stream id in four, length in four. */
public final class YamuxCodec {
    /** The size of every header. */
    public static final int HEADER_BYTES = 12;

    private static final int TYPE_DATA = 0;
    private static final int TYPE_WINDOW_UPDATE = 1;
    private static final int TYPE_PING = 2;
    private static final int TYPE_GO_AWAY = 3;

    private YamuxCodec() {}

    /** Takes a header; {@value #HEADER_BYTES} bytes must be readable. */
    public static YamuxFrame decode(ByteBuf in) throws ProtocolViolation {
        int version = in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedShort();
        int streamId = in.readInt();
        long length = in.readUnsignedInt();
        if (version != 0) {
            throw new ProtocolViolation(YamuxRule.VERSION, "version " + version);
        }
        return switch (type) {
            case TYPE_DATA -> new YamuxFrame.Data(aboutAStream(streamId), Flags.ofBits(flags), length);
            case TYPE_WINDOW_UPDATE -> new YamuxFrame.WindowUpdate(aboutAStream(streamId), Flags.ofBits(flags), length);
            case TYPE_PING -> {
                aboutTheSession(streamId);
                yield new YamuxFrame.Ping(Flags.ofBits(flags).ack(), length);
            }
            case TYPE_GO_AWAY -> {
                aboutTheSession(streamId);
                yield new YamuxFrame.GoAway(length);
            }
            default -> throw new ProtocolViolation(YamuxRule.FRAME_TYPE, "type " + type);
        };
    }

    /** Appends a header. */
    public static void encode(YamuxFrame frame, ByteBuf out) {
        switch (frame) {
            case YamuxFrame.Data(int id, Flags flags, long length) -> header(out, TYPE_DATA, flags.bits(), id, length);
            case YamuxFrame.WindowUpdate(int id, Flags flags, long delta) ->
                header(out, TYPE_WINDOW_UPDATE, flags.bits(), id, delta);
            case YamuxFrame.Ping(boolean answer, long opaque) ->
                header(out, TYPE_PING, answer ? Flags.ACK.bits() : Flags.SYN.bits(), 0, opaque);
            case YamuxFrame.GoAway(long code) -> header(out, TYPE_GO_AWAY, 0, 0, code);
        }
    }

    /** Appends the header of a data frame without flags, the one that is written most. */
    public static void encodeData(int streamId, int length, ByteBuf out) {
        header(out, TYPE_DATA, 0, streamId, length);
    }

    private static void header(ByteBuf out, int type, int flags, int streamId, long length) {
        out.writeByte(0).writeByte(type).writeShort(flags).writeInt(streamId).writeInt((int) length);
    }

    private static int aboutAStream(int streamId) throws ProtocolViolation {
        if (streamId == 0) {
            throw new ProtocolViolation(YamuxRule.STREAM_ZERO, "a frame about stream 0");
        }
        return streamId;
    }

    private static void aboutTheSession(int streamId) throws ProtocolViolation {
        if (streamId != 0) {
            throw new ProtocolViolation(YamuxRule.STREAM_ZERO, "a frame about the session that names a stream");
        }
    }
}
