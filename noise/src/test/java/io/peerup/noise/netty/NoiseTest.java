package io.peerup.noise.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.noise.CipherState;
import io.peerup.noise.NoiseRule;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.SecureChannel.Secured;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final ProtocolId YAMUX = ProtocolId.of("/yamux/1.0.0");

    private final Identity alice = Identity.generate();
    private final Identity bob = Identity.generate();
    private final EmbeddedChannel initiator = new EmbeddedChannel();
    private final EmbeddedChannel responder = new EmbeddedChannel();

    @AfterEach
    void release() {
        initiator.finishAndReleaseAll();
        responder.finishAndReleaseAll();
    }

    @Test
    void aHandshakeCutIntoSingleBytesSecuresBothEnds() throws Exception {
        CompletableFuture<Secured> dialed = begin(initiator, Role.INITIATOR);
        CompletableFuture<Secured> accepted = begin(responder, Role.RESPONDER);
        for (int round = 0; round < 3; round++) {
            byteByByte(initiator, responder);
            byteByByte(responder, initiator);
        }
        assertThat(dialed.get().remotePeer()).isEqualTo(bob.peerId());
        assertThat(dialed.get().muxer()).contains(YAMUX);
        assertThat(accepted.get().remotePeer()).isEqualTo(alice.peerId());
        assertThat(accepted.get().remoteKey()).isEqualTo(alice.publicKey());
    }

    @Test
    void plaintextGluedToTheLastHandshakeMessageArrives() {
        begin(initiator, Role.INITIATOR);
        CompletableFuture<Secured> accepted = begin(responder, Role.RESPONDER);
        pass(initiator, responder);
        pass(responder, initiator);
        initiator.writeOutbound(bytes(5));

        responder.writeInbound(glued(initiator));
        assertThat(accepted).isCompleted();
        ByteBuf arrived = responder.readInbound();
        assertThat(arrived.readableBytes()).isEqualTo(5);
        arrived.release();
    }

    @Test
    void aClosedChannelFailsTheHandshake() {
        CompletableFuture<Secured> accepted = begin(responder, Role.RESPONDER);
        responder.close();
        assertThat(accepted).isCompletedExceptionally();
    }

    @Test
    void aHandshakeMessageLongerThanAnyHonestOneIsRefusedByItsLengthAlone() {
        CompletableFuture<Secured> accepted = begin(responder, Role.RESPONDER);
        responder.writeInbound(Unpooled.buffer().writeShort(65_535));
        assertThatThrownBy(accepted::get)
                .cause()
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(NoiseRule.HANDSHAKE_LENGTH));
    }

    @Test
    void smallWritesShareOneMessageAndLargeOnesFillTheirs() {
        secure();
        for (int i = 0; i < 10; i++) {
            initiator.write(bytes(100));
        }
        initiator.flush();
        assertThat(sizes(initiator)).containsExactly(2 + 1000 + CipherState.TAG_BYTES);

        initiator.write(bytes(PlaintextQueue.MAX_PLAINTEXT_BYTES + 1));
        initiator.flush();
        assertThat(sizes(initiator)).containsExactly(2 + Scratch.MAX_MESSAGE_BYTES, 2 + 1 + CipherState.TAG_BYTES);
    }

    @Test
    void fullMessagesLeaveBeforeTheFlushSoThatTheQueueBelowTellsTheTruth() {
        secure();
        initiator.write(bytes(3 * PlaintextQueue.MAX_PLAINTEXT_BYTES));
        assertThat(initiator.unsafe().outboundBuffer().totalPendingWriteBytes())
                .isGreaterThan(3L * PlaintextQueue.MAX_PLAINTEXT_BYTES);
        initiator.flush();
    }

    @Test
    void everyWriteIsPromisedWhatHappenedToIt() {
        secure();
        ChannelFuture empty = initiator.write(Unpooled.EMPTY_BUFFER);
        ChannelFuture small = initiator.write(bytes(10));
        ChannelFuture large = initiator.write(bytes(100_000));
        assertThat(large.isDone()).isFalse();
        initiator.flush();
        assertThat(List.of(empty, small, large)).allMatch(ChannelFuture::isSuccess);

        initiator.close();
        assertThat(initiator.writeAndFlush(bytes(1)).isSuccess()).isFalse();
    }

    @Test
    void aTamperedMessageClosesTheChannelAndDeliversNothing() {
        secure();
        initiator.writeOutbound(bytes(1000));
        ByteBuf message = glued(initiator);
        message.setByte(500, message.getByte(500) ^ 1);
        List<Throwable> causes = new ArrayList<>();
        responder.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                causes.add(cause);
            }
        });
        responder.writeInbound(message);

        assertThat(causes).singleElement().isInstanceOf(ProtocolViolation.class);
        assertThat(responder.isOpen()).isFalse();
        assertThat(responder.<Object>readInbound()).isNull();
    }

    @Property(tries = 60)
    void whateverTheSizesOfWritesAndPacketsTheBytesArrive(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 150_000) Integer> writes,
            @ForAll @IntRange(min = 1, max = 100_000) int packetBytes) {
        new NoiseTest().carry(writes, packetBytes);
    }

    private void carry(List<Integer> writes, int packetBytes) {
        secure();
        Random random = new Random(writes.hashCode());
        ByteBuf sent = Unpooled.buffer();
        for (int size : writes) {
            byte[] data = new byte[size];
            random.nextBytes(data);
            sent.writeBytes(data);
            initiator.write(Unpooled.wrappedBuffer(data));
        }
        initiator.flush();
        ByteBuf wire = glued(initiator);
        while (wire.isReadable()) {
            responder.writeInbound(wire.readBytes(Math.min(packetBytes, wire.readableBytes())));
        }
        wire.release();
        ByteBuf received = Unpooled.buffer();
        for (ByteBuf part = responder.readInbound(); part != null; part = responder.readInbound()) {
            received.writeBytes(part);
            part.release();
        }
        assertThat(received).isEqualTo(sent);
        release();
    }

    private void secure() {
        begin(initiator, Role.INITIATOR);
        begin(responder, Role.RESPONDER);
        pass(initiator, responder);
        pass(responder, initiator);
        pass(initiator, responder);
    }

    private CompletableFuture<Secured> begin(EmbeddedChannel channel, Role role) {
        return switch (role) {
            case INITIATOR ->
                Noise.of(alice)
                        .secure(channel, role, Optional.of(bob.peerId()), List.of(YAMUX))
                        .toCompletableFuture();
            case RESPONDER ->
                Noise.of(bob)
                        .secure(channel, role, Optional.empty(), List.of(YAMUX))
                        .toCompletableFuture();
        };
    }

    private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        to.writeInbound(glued(from));
    }

    private static void byteByByte(EmbeddedChannel from, EmbeddedChannel to) {
        ByteBuf all = glued(from);
        while (all.isReadable()) {
            to.writeInbound(all.readBytes(1));
        }
        all.release();
    }

    private static ByteBuf glued(EmbeddedChannel from) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        return all;
    }

    private static List<Integer> sizes(EmbeddedChannel from) {
        List<Integer> sizes = new ArrayList<>();
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            sizes.add(bytes.readableBytes());
            bytes.release();
        }
        return sizes;
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.buffer(length).writeZero(length);
    }
}
