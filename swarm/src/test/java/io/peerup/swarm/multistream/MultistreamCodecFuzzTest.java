package io.peerup.swarm.multistream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A token has one encoding, and what is not there yet consumes nothing. */
class MultistreamCodecFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(MultistreamCodec.HEADER, MultistreamCodec.NOT_AVAILABLE, "/x/" + "y".repeat(200))
                .map(MultistreamCodecFuzzTest::encoded);
    }

    @MethodSource("seeds")
    @FuzzTest
    void aTokenIsWrittenAsItWasRead(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            Optional<String> token = MultistreamCodec.decode(in);
            assertThat(token.map(MultistreamCodecFuzzTest::encoded).orElse(new byte[0]))
                    .hasSizeLessThanOrEqualTo(MultistreamCodec.MAX_TOKEN_BYTES + 2)
                    .isEqualTo(Arrays.copyOf(bytes, in.readerIndex()));
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(MultistreamRule.class);
        }
    }

    private static byte[] encoded(String token) {
        ByteBuf out = Unpooled.buffer();
        MultistreamCodec.encode(token, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
