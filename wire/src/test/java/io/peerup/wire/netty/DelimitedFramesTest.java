package io.peerup.wire.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.WireRule;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimitedFramesTest {
    private static final int MAX_BYTES = 300;

    @Property(tries = 200)
    void messagesComeBackHoweverTheStreamIsCut(
            @ForAll @Size(max = 8) List<@Size(max = 200) byte[]> messages,
            @ForAll @IntRange(min = 1, max = 50) int cut) {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));
        ByteBuf stream = framed(messages);
        while (stream.isReadable()) {
            channel.writeInbound(stream.readRetainedSlice(Math.min(cut, stream.readableBytes())));
        }
        stream.release();

        assertThat(received(channel)).usingRecursiveComparison().isEqualTo(messages);
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void theLongestMessagePassesAndAByteMoreDoesNot() {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));

        channel.writeInbound(Unpooled.wrappedBuffer(Delimited.write(new byte[MAX_BYTES])));
        assertThat(received(channel)).hasSize(1);
        assertViolates(channel, HexFormat.of().parseHex("ad02"), WireRule.FRAME_TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "8100, VARINT_NOT_MINIMAL",
        "ffffffff07, FRAME_TOO_LONG",
        "ffffffffffffffff7f, FRAME_TOO_LONG",
        "ffffffffffffffffff01, VARINT_TOO_LONG",
        "ffffffffffffffffffffffff, VARINT_TOO_LONG",
    })
    void aBadLengthIsNoticedBeforeItsMessage(String hex, WireRule rule) {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));

        assertViolates(channel, HexFormat.of().parseHex(hex), rule);
    }

    @Test
    void messagesBeforeABadLengthArriveAndNothingAfterIt() {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));

        assertViolates(channel, HexFormat.of().parseHex("0161" + "8100" + "0162"), WireRule.VARINT_NOT_MINIMAL);
        assertThat(received(channel)).containsExactly("a".getBytes(UTF_8));
        channel.writeInbound(Unpooled.wrappedBuffer(Delimited.write("b".getBytes(UTF_8))));
        assertThat(received(channel)).isEmpty();
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void aStreamThatEndsWithinAMessageIsAViolation() {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("0361")));

        assertThatThrownBy(channel::finish)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(WireRule.FRAME_TRUNCATED));
    }

    @Test
    void bytesAfterTheLastMessageStayWhenTheDecoderLeaves() {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameDecoder(MAX_BYTES));
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("0361")));

        channel.pipeline().remove(DelimitedFrameDecoder.class);

        assertThat(received(channel)).containsExactly(HexFormat.of().parseHex("0361"));
        assertThat(channel.finish()).isFalse();
    }

    @Property(tries = 100)
    void theEncoderWritesOneBufferPerMessage(@ForAll @Size(min = 1, max = 400) byte[] message) {
        EmbeddedChannel channel = new EmbeddedChannel(new DelimitedFrameEncoder());
        ByteBuf written = Unpooled.wrappedBuffer(message);

        channel.writeOutbound(written);

        ByteBuf framed = channel.readOutbound();
        assertThat(ByteBufUtil.getBytes(framed)).isEqualTo(Delimited.write(message));
        assertThat(written.refCnt()).isZero();
        framed.release();
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void aBoundThatAdmitsNothingIsTheCallersMistake() {
        assertThatThrownBy(() -> new DelimitedFrameDecoder(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertViolates(EmbeddedChannel channel, byte[] bytes, WireRule rule) {
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(bytes)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    private static ByteBuf framed(List<byte[]> messages) {
        ByteBuf stream = Unpooled.buffer();
        messages.forEach(message -> stream.writeBytes(Delimited.write(message)));
        return stream;
    }

    private static List<byte[]> received(EmbeddedChannel channel) {
        List<byte[]> messages = new ArrayList<>();
        for (ByteBuf message = channel.readInbound(); message != null; message = channel.readInbound()) {
            messages.add(ByteBufUtil.getBytes(message));
            message.release();
        }
        return messages;
    }
}
