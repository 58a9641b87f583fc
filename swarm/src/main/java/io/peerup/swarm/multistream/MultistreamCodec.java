package io.peerup.swarm.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tokens: an unsigned varint length, then text, then a line feed that the length counts. */
final class MultistreamCodec {
    /** What both sides say first. */
    static final String HEADER = "/multistream/1.0.0";

    /** The answer to a proposal that is not spoken here. */
    static final String NOT_AVAILABLE = "na";

    /** The longest token including its line feed, as in go-multistream. */
    static final int MAX_TOKEN_BYTES = 1024;

    private static final int CONTINUATION = 0x80;

    private MultistreamCodec() {}

    /** Appends a token. */
    static void encode(String token, ByteBuf out) {
        int length = ByteBufUtil.utf8Bytes(token) + 1;
        if (length > MAX_TOKEN_BYTES) {
            throw new IllegalArgumentException("token of " + length + " bytes");
        }
        if (length < CONTINUATION) {
            out.writeByte(length);
        } else {
            out.writeByte((length & 0x7f) | CONTINUATION).writeByte(length >>> 7);
        }
        ByteBufUtil.writeUtf8(out, token);
        out.writeByte('\n');
    }

    /** Takes the next whole token without its line feed; empty, and nothing consumed, when more bytes are needed. */
    static Optional<String> decode(ByteBuf in) throws ProtocolViolation {
        if (!in.isReadable()) {
            return Optional.empty();
        }
        int start = in.readerIndex();
        int length = in.getByte(start);
        int prefix = 1;
        if (length < 0) {
            if (in.readableBytes() < 2) {
                return Optional.empty();
            }
            int high = in.getUnsignedByte(start + 1);
            length = (length & 0x7f) | (high << 7);
            prefix = 2;
            if (high == 0 || high >= CONTINUATION || length > MAX_TOKEN_BYTES) {
                throw new ProtocolViolation(MultistreamRule.TOKEN_LENGTH, "a token longer than " + MAX_TOKEN_BYTES);
            }
        }
        if (length == 0) {
            throw new ProtocolViolation(MultistreamRule.EMPTY_TOKEN, "a token of no bytes");
        }
        if (in.readableBytes() < prefix + length) {
            return Optional.empty();
        }
        in.skipBytes(prefix);
        if (!ByteBufUtil.isText(in, in.readerIndex(), length, StandardCharsets.UTF_8)) {
            throw new ProtocolViolation(MultistreamRule.NOT_TEXT, "a token that is not UTF-8");
        }
        CharSequence text = in.readCharSequence(length, StandardCharsets.UTF_8);
        String token = text.toString();
        if (token.indexOf('\n') != token.length() - 1) {
            throw new ProtocolViolation(MultistreamRule.LINE_FEED, "a token without one line feed at its end");
        }
        return Optional.of(token.substring(0, token.length() - 1));
    }
}
