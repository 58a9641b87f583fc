package io.peerup.identify;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.wire.PeerRecord;
import io.peerup.wire.ProtocolViolation;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An answer in several messages, each behind two bytes of length. What is read stays within its bounds and holds
 * nothing that could drive a terminal; whether it is believed is a violation or a peer with the name of the handshake.
 */
class IdentifyReaderFuzzTest {
    static Stream<byte[]> seeds() {
        IdentifyMessage said = Samples.message(Samples.PEER);
        byte[] record = new PeerRecord(Samples.PEER.peerId(), 1, said.listenAddresses())
                .seal(Samples.PEER)
                .bytes();
        return Stream.of(said, Samples.withRecord(said, record), Samples.message(Samples.STRANGER))
                .map(IdentifyReaderFuzzTest::framed);
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsBounded(byte[] bytes) {
        ByteBuf story = Unpooled.wrappedBuffer(bytes);
        IdentifyReader reader = new IdentifyReader();
        try {
            while (story.readableBytes() > 1) {
                int length = Math.min(story.readUnsignedShort(), story.readableBytes());
                reader.read(story.readSlice(Math.min(length, IdentifyReader.MAX_MESSAGE_BYTES)));
            }
            IdentifyMessage message = reader.message();
            check(message);
            Claims claims = new Claims(Samples.PEER.peerId(), Samples.address("/ip4/11.0.0.2/tcp/4001"));
            assertThat(claims.answered(message).peer()).isEqualTo(Samples.PEER.peerId());
            claims.pushed(message, Optional.of(claims.answered(message)));
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(IdentifyRule.class);
        }
    }

    private static void check(IdentifyMessage message) {
        assertThat(message.listenAddresses()).hasSizeLessThanOrEqualTo(IdentifyReader.MAX_ADDRESSES);
        assertThat(message.protocols()).hasSizeLessThanOrEqualTo(IdentifyReader.MAX_PROTOCOLS);
        assertThat(message.agentVersion())
                .hasSizeLessThanOrEqualTo(IdentifyReader.MAX_VERSION_BYTES)
                .matches(text -> text.codePoints().noneMatch(Character::isISOControl));
        message.protocols()
                .forEach(protocol -> assertThat(protocol.value())
                        .matches(text -> text.codePoints().noneMatch(Character::isISOControl)));
    }

    private static byte[] framed(IdentifyMessage message) {
        ByteBuf out = Unpooled.buffer();
        IdentifyWriter.write(message)
                .forEach(part -> out.writeShort(part.length).writeBytes(part));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
