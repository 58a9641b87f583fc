package io.peerup.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.Flags;
import io.peerup.yamux.YamuxFrame.GoAway;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamuxCodecTest {
    @ParameterizedTest
    @CsvSource({
        "000100010000000100000000, open stream 1",
        "000100020000000200000000, acknowledge stream 2",
        "000100040000000300000000, finish stream 3",
        "000100080000000300001002, reset stream 3 with code 0x1002",
        "000100000000000300020000, 131072 more for stream 3",
        "00000000000000010000ffe3, 65507 bytes on stream 1",
        "000200010000000000000007, ping 7",
        "000200020000000000000007, answer to ping 7",
        "000300000000000000000001, go away with a protocol error"
    })
    void framesLookLikeThoseOfOtherImplementations(String hex, String what) throws ProtocolViolation {
        YamuxFrame expected = switch (what) {
            case "open stream 1" -> new WindowUpdate(1, Flags.SYN, 0);
            case "acknowledge stream 2" -> new WindowUpdate(2, Flags.ACK, 0);
            case "finish stream 3" -> new WindowUpdate(3, Flags.FIN, 0);
            case "reset stream 3 with code 0x1002" -> new WindowUpdate(3, Flags.RST, 0x1002);
            case "131072 more for stream 3" -> new WindowUpdate(3, Flags.NONE, 131_072);
            case "65507 bytes on stream 1" -> new Data(1, Flags.NONE, 65_507);
            case "ping 7" -> new Ping(false, 7);
            case "answer to ping 7" -> new Ping(true, 7);
            case "go away with a protocol error" -> new GoAway(GoAway.PROTOCOL_ERROR);
            default -> throw new IllegalArgumentException(what);
        };
        assertThat(ByteBufUtil.hexDump(encoded(expected))).isEqualTo(hex);
        assertThat(YamuxCodec.decode(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex))))
                .isEqualTo(expected);
    }

    @Test
    void flagsThatMeanNothingAreIgnored() throws ProtocolViolation {
        ByteBuf header = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("0001fff40000000300000000"));
        assertThat(YamuxCodec.decode(header)).isEqualTo(new WindowUpdate(3, Flags.FIN, 0));
    }

    @Test
    void theShortcutForDataSaysTheSame() {
        ByteBuf shortcut = Unpooled.buffer();
        YamuxCodec.encodeData(77, 1000, shortcut);
        assertThat(shortcut).isEqualTo(encoded(new Data(77, Flags.NONE, 1000)));
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("frames") YamuxFrame frame) throws ProtocolViolation {
        ByteBuf header = encoded(frame);
        assertThat(header.readableBytes()).isEqualTo(YamuxCodec.HEADER_BYTES);
        assertThat(YamuxCodec.decode(header)).isEqualTo(frame);
    }

    @Property
    void twelveBytesAreAFrameOrAViolation(@ForAll @Size(YamuxCodec.HEADER_BYTES) byte[] bytes) {
        ByteBuf header = Unpooled.wrappedBuffer(bytes);
        try {
            assertThat(YamuxCodec.decode(header)).isNotNull();
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(YamuxRule.class);
        }
        assertThat(header.isReadable()).isFalse();
    }

    @Provide
    static Arbitrary<YamuxFrame> frames() {
        Arbitrary<Long> unsigned = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<Integer> ids = Arbitraries.integers().filter(id -> id != 0);
        Arbitrary<Flags> flags = Arbitraries.integers().between(0, 15).map(Flags::ofBits);
        return Arbitraries.oneOf(
                Combinators.combine(ids, flags, unsigned).as(Data::new),
                Combinators.combine(ids, flags, unsigned).as(WindowUpdate::new),
                Combinators.combine(Arbitraries.of(true, false), unsigned).as(Ping::new),
                unsigned.map(GoAway::new));
    }

    private static ByteBuf encoded(YamuxFrame frame) {
        ByteBuf out = Unpooled.buffer();
        YamuxCodec.encode(frame, out);
        return out;
    }
}
