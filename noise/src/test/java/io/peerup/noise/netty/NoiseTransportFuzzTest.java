package io.peerup.noise.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.peerup.noise.CipherState;
import io.peerup.noise.NoiseHandshake;
import io.peerup.noise.NoiseHandshake.Step;
import io.peerup.noise.NoiseKey;
import io.peerup.noise.NoiseRule;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that somebody between the ends damages. The first byte is the size of the packets, then two say where a byte
 * is changed and one by what; the rest are messages, each behind one byte of length. What arrives is what was said, up
 * to the first byte that was changed, and no buffer is left behind.
 */
class NoiseTransportFuzzTest {
    private static final Identity US = Identity.ofEd25519Seed(new byte[32]);
    private static final NoiseKey KEY = NoiseKey.generate(US);

    static Stream<byte[]> seeds() {
        return Stream.of(
                ByteBufUtil.decodeHexDump("05" + "000000" + "03010203" + "00" + "02aabb"),
                ByteBufUtil.decodeHexDump("ff" + "001501" + "03010203" + "02aabb"),
                ByteBufUtil.decodeHexDump("01" + "000080" + "0401020304"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatWasSaidArrivesOrNothingDoes(byte[] bytes) throws ProtocolViolation {
        if (bytes.length < 4) {
            return;
        }
        ByteBuf story = Unpooled.wrappedBuffer(bytes);
        int packetBytes = Math.max(1, story.readUnsignedByte());
        int damageAt = story.readUnsignedShort();
        int damage = story.readByte();
        Ends ends = shakeHands();
        ByteBuf said = Unpooled.buffer();
        ByteBuf wire = sealed(story, ends.send, said);
        boolean damaged = damage != 0 && wire.isReadable();
        if (damaged) {
            int at = damageAt % wire.readableBytes();
            wire.setByte(at, wire.getByte(at) ^ damage);
        }
        ByteBuf arrived = Unpooled.buffer();
        Optional<ProtocolViolation> refused = open(wire, packetBytes, ends.receive, arrived);
        assertThat(refused.isEmpty() || damaged).isTrue();
        refused.ifPresent(violation -> assertThat(violation.rule()).isInstanceOf(NoiseRule.class));
        assertThat(arrived.readableBytes()).isLessThanOrEqualTo(said.readableBytes());
        assertThat(ByteBufUtil.equals(arrived, 0, said, 0, arrived.readableBytes()))
                .isTrue();
        assertThat(damaged || arrived.equals(said)).isTrue();
    }

    private static ByteBuf sealed(ByteBuf story, CipherState send, ByteBuf said) {
        ByteBuf wire = Unpooled.buffer();
        while (story.isReadable()) {
            int length = Math.min(story.readUnsignedByte(), story.readableBytes());
            byte[] message = new byte[length + CipherState.TAG_BYTES];
            story.readBytes(message, 0, length);
            said.writeBytes(message, 0, length);
            send.sealInPlace(message, 0, length);
            wire.writeShort(message.length).writeBytes(message);
        }
        return wire;
    }

    private static Optional<ProtocolViolation> open(
            ByteBuf wire, int packetBytes, CipherState receive, ByteBuf arrived) {
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
        MessageReader reader = new MessageReader(receive);
        try {
            while (wire.isReadable()) {
                ByteBuf packet = wire.readSlice(Math.min(packetBytes, wire.readableBytes()));
                while (packet.isReadable()) {
                    ByteBuf plaintext = reader.next(packet, buffers);
                    if (plaintext != null) {
                        arrived.writeBytes(plaintext);
                        plaintext.release();
                    }
                }
            }
            return Optional.empty();
        } catch (ProtocolViolation violation) {
            return Optional.of(violation);
        } finally {
            reader.release();
            assertThat(buffers.metric().usedHeapMemory()).isZero();
            assertThat(buffers.metric().usedDirectMemory()).isZero();
        }
    }

    private record Ends(CipherState send, CipherState receive) {}

    private static Ends shakeHands() throws ProtocolViolation {
        Step.Reply first = NoiseHandshake.initiate(KEY, US.peerId(), List.of());
        Step.Reply second = (Step.Reply)
                NoiseHandshake.respond(KEY, Optional.empty(), List.of()).receive(first.message());
        Step.Done third = (Step.Done) first.next().receive(second.message());
        Step.Done end = (Step.Done) second.next().receive(third.message().orElseThrow());
        return new Ends(third.established().send(), end.established().receive());
    }
}
