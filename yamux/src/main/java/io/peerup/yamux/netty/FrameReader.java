package io.peerup.yamux.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxCodec;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxSession.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream into headers and payloads. A payload is passed on in pieces as it arrives; a header that is cut
 * by the end of a packet waits in twelve bytes of its own.
 */
final class FrameReader {
    private final Sink sink;
    private final ByteBuf splitHeader = Unpooled.buffer(YamuxCodec.HEADER_BYTES, YamuxCodec.HEADER_BYTES);
    private YamuxFrame.@Nullable Data current;
    private Payload disposition = Payload.DISCARD;
    private long remaining;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /** Where headers and payloads go. */
    interface Sink {
        /** A header; what to do with the payload behind it. */
        Payload header(YamuxFrame frame) throws ProtocolViolation;

        /** A piece of payload to deliver; owned by the sink from now on. */
        void payload(int streamId, ByteBuf piece);

        /** The frame is complete. */
        void ended(YamuxFrame.Data frame);
    }

    /** Consumes the next header or piece of payload, or the part of it that is there. */
    void readNext(ByteBuf in) throws ProtocolViolation {
        if (current != null) {
            readPayload(current, in);
        } else {
            readHeader(in);
        }
    }

    private void readHeader(ByteBuf in) throws ProtocolViolation {
        if (splitHeader.isReadable() || in.readableBytes() < YamuxCodec.HEADER_BYTES) {
            splitHeader.writeBytes(in, Math.min(splitHeader.writableBytes(), in.readableBytes()));
            if (splitHeader.isWritable()) {
                return;
            }
            begin(YamuxCodec.decode(splitHeader));
            splitHeader.clear();
        } else {
            begin(YamuxCodec.decode(in));
        }
    }

    private void begin(YamuxFrame frame) throws ProtocolViolation {
        disposition = sink.header(frame);
        if (frame instanceof YamuxFrame.Data data) {
            if (data.length() == 0) {
                sink.ended(data);
            } else {
                current = data;
                remaining = data.length();
            }
        }
    }

    private void readPayload(YamuxFrame.Data frame, ByteBuf in) {
        int piece = (int) Math.min(remaining, in.readableBytes());
        remaining -= piece;
        switch (disposition) {
            case DELIVER -> sink.payload(frame.streamId(), in.readRetainedSlice(piece));
            case DISCARD -> in.skipBytes(piece);
        }
        if (remaining == 0) {
            current = null;
            sink.ended(frame);
        }
    }
}
