package io.peerup.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first byte is the size of the packets in which the others arrive: the messages are the same as if everything had
 * come at once, and none is longer than its bound.
 */
class DelimitedFuzzTest {
    private static final int MAX_BYTES = 300;

    static Stream<byte[]> seeds() {
        return Stream.of(
                ByteBufUtil.decodeHexDump("0302aabb00"),
                ByteBufUtil.decodeHexDump("07" + "c801" + "55".repeat(200) + "01aa"),
                new byte[] {1, (byte) 0xff, (byte) 0xff, 3});
    }

    @MethodSource("seeds")
    @FuzzTest
    void packetsMakeNoDifference(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteBuf wire = Unpooled.wrappedBuffer(bytes, 1, bytes.length - 1);
        List<String> messages = messages(wire.duplicate(), Integer.MAX_VALUE);
        assertThat(messages(wire, Math.max(1, bytes[0]))).isEqualTo(messages);
    }

    /** The messages in hexadecimal, and the rule that was broken at the end. */
    private static List<String> messages(ByteBuf wire, int packetBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));
        List<String> messages = new ArrayList<>();
        try {
            while (wire.isReadable()) {
                channel.writeInbound(wire.readBytes(Math.min(packetBytes, wire.readableBytes())));
            }
            channel.finish();
        } catch (Exception broken) {
            assertThat(broken).isInstanceOf(ProtocolViolation.class);
            messages.add(((ProtocolViolation) broken).rule().name());
        }
        for (ByteBuf message = channel.readInbound(); message != null; message = channel.readInbound()) {
            assertThat(message.readableBytes()).isLessThanOrEqualTo(MAX_BYTES);
            messages.add(ByteBufUtil.hexDump(message));
            message.release();
        }
        channel.finishAndReleaseAll();
        return messages;
    }
}
