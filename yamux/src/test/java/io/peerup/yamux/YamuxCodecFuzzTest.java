package io.peerup.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Flags;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A header means the same after writing; flags that mean nothing are all that may get lost. */
class YamuxCodecFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        new YamuxFrame.Data(1, Flags.FIN, 0xffff_ffffL),
                        new YamuxFrame.WindowUpdate(-1, Flags.SYN, 7),
                        new YamuxFrame.Ping(true, 9),
                        new YamuxFrame.GoAway(1))
                .map(frame -> ByteBufUtil.getBytes(encoded(frame)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aHeaderIsWrittenAsItWasRead(byte[] bytes) {
        if (bytes.length < YamuxCodec.HEADER_BYTES) {
            return;
        }
        ByteBuf in = Unpooled.wrappedBuffer(bytes, 0, YamuxCodec.HEADER_BYTES);
        try {
            YamuxFrame frame = YamuxCodec.decode(in.duplicate());
            ByteBuf out = encoded(frame);
            assertThat(YamuxCodec.decode(out.duplicate())).isEqualTo(frame);
            assertThat(ByteBufUtil.equals(out, 0, in, 0, 2)).isTrue();
            assertThat(ByteBufUtil.equals(out, 4, in, 4, 8)).isTrue();
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(YamuxRule.class);
        }
    }

    private static ByteBuf encoded(YamuxFrame frame) {
        ByteBuf out = Unpooled.buffer();
        YamuxCodec.encode(frame, out);
        return out;
    }
}
