package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufTest {

    @Property
    void whatWasWrittenIsRead(
            @ForAll @IntRange(min = 1, max = 1 << 28) int field,
            @ForAll long number,
            @ForAll boolean flag,
            @ForAll byte[] bytes)
            throws ProtocolViolation {
        byte[] message = new ProtoWriter()
                .uint64(field, number)
                .bool(field, flag)
                .fixed64(field, number)
                .bytes(field, bytes)
                .string(field, "\u00fc")
                .message(field, new ProtoWriter().uint64(1, number))
                .toByteArray();
        ProtoReader in = ProtoReader.of(message);

        assertThat(in.nextField()).isEqualTo(field);
        assertThat(in.uint64()).isEqualTo(number);
        assertThat(in.nextField()).isEqualTo(field);
        assertThat(in.bool()).isEqualTo(flag);
        assertThat(in.nextField()).isEqualTo(field);
        assertThat(in.fixed64()).isEqualTo(number);
        assertThat(in.nextField()).isEqualTo(field);
        assertThat(in.bytes(bytes.length)).isEqualTo(bytes);
        assertThat(in.tag()).isEqualTo(field << 3 | 2);
        assertThat(in.string(2)).isEqualTo("\u00fc");
        assertThat(in.nextField()).isEqualTo(field);
        ProtoReader inner = in.message(20);
        assertThat(inner.nextField()).isEqualTo(1);
        assertThat(inner.uint32()).isEqualTo((int) number);
        assertThat(in.nextField()).isZero();
    }

    @Property
    void anyBytesAreSkippedOrRefused(@ForAll byte[] bytes) {
        assertTotal(() -> {
            ProtoReader in = ProtoReader.of(bytes);
            while (in.nextField() != 0) {
                in.skip();
            }
        });
    }

    @Test
    void aBufferIsReadWithoutTouchingIt() throws ProtocolViolation {
        ByteBuf direct = Unpooled.directBuffer().writeBytes(HexFormat.of().parseHex("0807"));
        ProtoReader in = ProtoReader.of(direct);

        assertThat(in.nextField()).isEqualTo(1);
        assertThat(in.uint64()).isEqualTo(7);
        assertThat(direct.readableBytes()).isEqualTo(2);
        assertThat(direct.release()).isTrue();
    }

    @Test
    void aLengthBeyondTheMessageOrTheBoundAllocatesNothing() {
        for (String hex : new String[] {"0affffffff07", "0affffffffffffffff7f", "0affffffffffffffffff01"}) {
            byte[] message = HexFormat.of().parseHex(hex);
            assertBreaks(WireRule.PROTOBUF_FIELD_TOO_LONG, () -> at(message).bytes(1000));
        }
        byte[] message = HexFormat.of().parseHex("0affffffff07");
        assertBreaks(WireRule.PROTOBUF_MALFORMED, () -> at(message).bytes(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b", "0c", "0b0c", "130b0b", "fb7f"})
    void groupsAreRefusedKnownOrNot(String hex) {
        assertBreaks(
                WireRule.PROTOBUF_GROUP,
                () -> ProtoReader.of(HexFormat.of().parseHex(hex)).nextField());
    }

    @Test
    void aMillionNestedGroupsEndAtTheFirst() {
        byte[] tags = HexFormat.of().parseHex("0b".repeat(1_000_000));

        assertBreaks(WireRule.PROTOBUF_GROUP, () -> ProtoReader.of(tags).nextField());
    }

    @Test
    void messagesNestSixteenDeep() throws ProtocolViolation {
        ProtoWriter writer = new ProtoWriter();
        for (int i = 0; i < ProtoReader.MAX_DEPTH; i++) {
            writer = new ProtoWriter().message(1, writer);
        }
        ProtoReader in = ProtoReader.of(writer.toByteArray());
        for (int depth = 1; depth < ProtoReader.MAX_DEPTH; depth++) {
            in.nextField();
            in = in.message(1000);
        }
        ProtoReader deepest = in;
        deepest.nextField();

        assertBreaks(WireRule.PROTOBUF_TOO_DEEP, () -> deepest.message(1000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00", "07", "08", "0880", "0a", "0a01", "09", "0900", "0d", "0e", "0f", "ffffffffffffffffff"})
    void truncatedAndImpossibleFieldsAreRefused(String hex) {
        assertBreaks(WireRule.PROTOBUF_MALFORMED, () -> {
            ProtoReader in = ProtoReader.of(HexFormat.of().parseHex(hex));
            in.nextField();
            in.skip();
        });
    }

    @Test
    void aValueOfAnotherWireTypeIsRefused() {
        byte[] number = HexFormat.of().parseHex("0801");

        assertBreaks(WireRule.PROTOBUF_MALFORMED, () -> at(number).bytes(1));
        assertBreaks(WireRule.PROTOBUF_MALFORMED, () -> at(number).fixed64());
        assertBreaks(
                WireRule.PROTOBUF_MALFORMED,
                () -> at(HexFormat.of().parseHex("0a0101")).uint64());
    }

    @Test
    void textIsUtf8() {
        assertBreaks(
                WireRule.PROTOBUF_MALFORMED,
                () -> at(HexFormat.of().parseHex("0a01ff")).string(1));
    }

    @Test
    void ofASingularFieldTheLastCounts() throws ProtocolViolation {
        byte[] key = Der.concatenate(
                HexFormat.of().parseHex("0803"), SampleIdentities.ed25519().toProtobuf());

        assertThat(Identity.fromProtobuf(key).peerId())
                .isEqualTo(SampleIdentities.ed25519().peerId());
    }

    private static ProtoReader at(byte[] message) throws ProtocolViolation {
        ProtoReader in = ProtoReader.of(message);
        in.nextField();
        return in;
    }
}
