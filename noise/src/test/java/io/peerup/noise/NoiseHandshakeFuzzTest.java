package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.peerup.noise.NoiseHandshake.Step;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer that can do the cryptography and says in the handshake what it likes. The first byte chooses our side and how
 * the peer's messages come about; the rest is what it says in place of its payload, or of bytes of its message. Our
 * side answers, breaks off with a violation, or is done with a peer that has proven who it is. Our ephemeral key is a
 * fresh one, for ciphers refuse to seal twice with one key and counter.
 */
class NoiseHandshakeFuzzTest {
    private static final List<ProtocolId> MUXERS = List.of(ProtocolId.of("/yamux/1.0.0"));
    private static final KeyPair THEIR_EPHEMERAL = KeyPair.of(filled(2));
    private static final NoiseKey OURS = NoiseKey.generate(Identity.ofEd25519Seed(filled(3)));
    private static final Identity PEER = Identity.ofEd25519Seed(filled(4));
    private static final KeyPair THEIR_STATIC = KeyPair.of(filled(5));
    private static final int WE_INITIATE = 1;
    private static final int OWN_PAYLOAD = 2;

    static Stream<byte[]> seeds() {
        byte[] honest = honestPayload();
        return Stream.of(
                Messages.concat(new byte[] {WE_INITIATE | OWN_PAYLOAD}, honest),
                Messages.concat(new byte[] {OWN_PAYLOAD}, honest),
                new byte[] {WE_INITIATE},
                new byte[] {0},
                new byte[] {WE_INITIATE, 0, 7, (byte) 0x80, 0, 90, 1},
                new byte[] {0, 0, 40, (byte) 0xff});
    }

    @MethodSource("seeds")
    @FuzzTest
    void onlyWhoProvesItsIdentityGetsThrough(byte[] bytes) {
        ByteBuf story = Unpooled.wrappedBuffer(bytes);
        int way = story.isReadable() ? story.readByte() : 0;
        byte[] payload = (way & OWN_PAYLOAD) == 0 ? honestPayload() : ByteBufUtil.getBytes(story);
        ByteBuf damage = (way & OWN_PAYLOAD) == 0 ? story : Unpooled.EMPTY_BUFFER;
        boolean honest = Arrays.equals(payload, honestPayload()) && !damage.isReadable();
        try {
            Step.Done done = (way & WE_INITIATE) == 0 ? respond(payload, damage) : initiate(payload, damage);
            PeerId who = done.established().remotePeer();
            assertThat(who).isEqualTo(PEER.peerId());
            byte[] data = new byte[8 + CipherState.TAG_BYTES];
            done.established().send().sealInPlace(data, 0, 8);
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(NoiseRule.class);
            assertThat(honest).as(refused.getMessage()).isFalse();
        }
    }

    private static Step.Done initiate(byte[] payload, ByteBuf damage) throws ProtocolViolation {
        XxInitiator.Begun begun = XxInitiator.begin(OURS.pair(), KeyPair.generate(), new byte[0], new byte[0]);
        NoiseHandshake us = new NoiseHandshake.AwaitsResponder(OURS, PEER.peerId(), MUXERS, begun.next());
        byte[] second = XxResponder.begin(THEIR_STATIC, THEIR_EPHEMERAL, new byte[0])
                .read(begun.message())
                .next()
                .write(payload)
                .message();
        return (Step.Done) us.receive(damaged(second, damage));
    }

    private static Step.Done respond(byte[] payload, ByteBuf damage) throws ProtocolViolation {
        NoiseHandshake us = new NoiseHandshake.AwaitsInitiator(
                OURS,
                Optional.of(PEER.peerId()),
                MUXERS,
                XxResponder.begin(OURS.pair(), KeyPair.generate(), new byte[0]));
        boolean first = damage.isReadable() && (damage.readByte() & 1) == 1;
        XxInitiator.Begun begun = XxInitiator.begin(THEIR_STATIC, THEIR_EPHEMERAL, new byte[0], new byte[0]);
        byte[] opening = first ? damaged(begun.message(), damage) : begun.message();
        Step.Reply reply = (Step.Reply) us.receive(opening);
        byte[] third = begun.next().read(reply.message()).next().write(payload).message();
        return (Step.Done) reply.next().receive(damaged(third, damage));
    }

    /** Each three bytes put another value at a place of the message; one or two more cut it there. */
    private static byte[] damaged(byte[] message, ByteBuf damage) {
        byte[] changed = message.clone();
        while (damage.readableBytes() > 2) {
            changed[damage.readUnsignedShort() % changed.length] = damage.readByte();
        }
        return damage.isReadable()
                ? Arrays.copyOf(changed, Math.min(changed.length, damage.readUnsignedByte()))
                : changed;
    }

    private static byte[] honestPayload() {
        return new HandshakePayload(
                        PEER.publicKey().toProtobuf(), PEER.sign(NoiseKey.signed(THEIR_STATIC.publicKey())), MUXERS)
                .encode();
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
