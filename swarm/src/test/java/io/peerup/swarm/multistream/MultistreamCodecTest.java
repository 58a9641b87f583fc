package io.peerup.swarm.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MultistreamCodecTest {
    @Test
    void theHeaderAndTheRefusalAreTheBytesOfTheSpec() {
        assertThat(ByteBufUtil.hexDump(encoded(MultistreamCodec.HEADER)))
                .isEqualTo("13" + "2f6d756c746973747265616d2f312e302e30" + "0a");
        assertThat(ByteBufUtil.hexDump(encoded(MultistreamCodec.NOT_AVAILABLE))).isEqualTo("036e610a");
    }

    @Test
    void aTokenThatIsNotThereYetConsumesNothing() throws Exception {
        ByteBuf whole = encoded("/a/" + "x".repeat(200));
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf part = whole.slice(0, length);
            assertThat(MultistreamCodec.decode(part)).isEmpty();
            assertThat(part.readerIndex()).isZero();
        }
    }

    @Test
    void theLongestTokenIsReadAndALongerOneBreaksTheRule() throws Exception {
        String longest = "x".repeat(MultistreamCodec.MAX_TOKEN_BYTES - 1);
        assertThat(MultistreamCodec.decode(encoded(longest))).contains(longest);

        broken(MultistreamRule.TOKEN_LENGTH, "8108" + "00".repeat(3));
        broken(MultistreamRule.TOKEN_LENGTH, "ffff");
    }

    @Test
    void aLengthThatIsNotMinimalBreaksTheRule() {
        broken(MultistreamRule.TOKEN_LENGTH, "8300" + "6e610a");
    }

    @Test
    void aTokenOfNoBytesBreaksTheRuleAtOnce() {
        broken(MultistreamRule.EMPTY_TOKEN, "00");
    }

    @Test
    void aTokenNeedsItsLineFeedAtTheEndAndNowhereElse() {
        broken(MultistreamRule.LINE_FEED, "036e6161");
        broken(MultistreamRule.LINE_FEED, "040a6e610a");
    }

    @Property
    void whatIsWrittenIsRead(@ForAll @AlphaChars @StringLength(min = 1, max = 1000) String token) throws Exception {
        ByteBuf bytes = encoded(token);
        assertThat(MultistreamCodec.decode(bytes)).contains(token);
        assertThat(bytes.isReadable()).isFalse();
    }

    @Property
    void anyBytesAreATokenOrTooFewOrAViolation(@ForAll @Size(max = 1100) byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            Optional<String> token = MultistreamCodec.decode(in);
            assertThat(token.isPresent() || in.readerIndex() == 0).isTrue();
        } catch (ProtocolViolation expected) {
            assertThat(expected.rule()).isInstanceOf(MultistreamRule.class);
        }
    }

    private static void broken(MultistreamRule rule, String hex) {
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        assertThatThrownBy(() -> MultistreamCodec.decode(in))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    private static ByteBuf encoded(String token) {
        ByteBuf out = Unpooled.buffer();
        MultistreamCodec.encode(token, out);
        return out;
    }
}
