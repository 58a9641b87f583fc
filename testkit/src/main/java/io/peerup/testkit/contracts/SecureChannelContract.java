package io.peerup.testkit.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.SecureChannel;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every security protocol does. Extend it in a test and say which one is meant. */
public abstract class SecureChannelContract {
    private static final ProtocolId ONE = ProtocolId.of("/one/1.0.0");
    private static final ProtocolId TWO = ProtocolId.of("/two/1.0.0");
    private static final ProtocolId THREE = ProtocolId.of("/three/1.0.0");
    private static final int MEGABYTE = 1 << 20;
    /** How much of a handshake that leads nowhere may be kept. */
    private static final int MAX_HANDSHAKE_BYTES = 128 << 10;

    private final Identity alice = Identity.generate();
    private final Identity bob = Identity.generate();
    private final ChannelPair channels = new ChannelPair();
    private final SecureEnd dialer = new SecureEnd(channels.left());
    private final SecureEnd listener = new SecureEnd(channels.right());

    /** The protocol, speaking for this identity. */
    protected abstract SecureChannel secureChannel(Identity identity);

    @AfterEach
    final void release() {
        channels.close();
    }

    // ── who is there ──

    @Test
    void bothLearnWhoIsThere() {
        secure();
        assertThat(dialer.secured().remotePeer()).isEqualTo(bob.peerId());
        assertThat(dialer.secured().remoteKey()).isEqualTo(bob.publicKey());
        assertThat(listener.secured().remotePeer()).isEqualTo(alice.peerId());
        assertThat(listener.secured().remoteKey()).isEqualTo(alice.publicKey());
    }

    @Test
    void aDialerRefusesSomebodyElse() {
        dial(Identity.generate().peerId(), List.of());
        listen(Optional.empty(), List.of());
        channels.settle();
        dialer.assertRefused();
        assertThat(listener.plaintext()).isEmpty();
    }

    @Test
    void aListenerRefusesSomebodyElse() {
        dial(bob.peerId(), List.of());
        listen(Optional.of(Identity.generate().peerId()), List.of());
        channels.settle();
        listener.assertRefused();
        assertThat(dialer.plaintext()).isEmpty();
    }

    @Test
    void aListenerThatExpectsTheRightPeerLetsItIn() {
        dial(bob.peerId(), List.of());
        listen(Optional.of(alice.peerId()), List.of());
        channels.settle();
        assertThat(listener.secured().remotePeer()).isEqualTo(alice.peerId());
    }

    // ── the muxer ──

    @Test
    void aMuxerBothKnowIsAgreedOnInTheDialersOrder() {
        dial(bob.peerId(), List.of(ONE, TWO, THREE));
        listen(Optional.empty(), List.of(THREE, TWO));
        channels.settle();
        assertThat(dialer.secured().muxer()).contains(TWO);
        assertThat(listener.secured().muxer()).contains(TWO);
    }

    @Test
    void withoutACommonMuxerNoneIsAgreedOn() {
        dial(bob.peerId(), List.of(ONE));
        listen(Optional.empty(), List.of(TWO));
        channels.settle();
        assertThat(dialer.secured().muxer()).isEmpty();
        assertThat(listener.secured().muxer()).isEmpty();
    }

    @Test
    void withoutAListOnOneSideNoneIsAgreedOn() {
        dial(bob.peerId(), List.of());
        listen(Optional.empty(), List.of(TWO));
        channels.settle();
        assertThat(dialer.secured().muxer()).isEmpty();
        assertThat(listener.secured().muxer()).isEmpty();
    }

    // ── bytes ──

    @Test
    void largeAndTinyWritesArriveInOrderBothWays() {
        secure();
        byte[] all = bytes(MEGABYTE);
        int size = 1;
        for (int at = 0; at < all.length; at += size) {
            size = Math.min(3 * size, all.length - at);
            dialer.channel().write(Unpooled.wrappedBuffer(all, at, size));
            listener.channel().write(Unpooled.wrappedBuffer(all, at, size));
        }
        dialer.channel().flush();
        listener.channel().flush();
        channels.settle();
        assertThat(Arrays.mismatch(listener.plaintext(), all)).isEqualTo(-1);
        assertThat(Arrays.mismatch(dialer.plaintext(), all)).isEqualTo(-1);
    }

    @Test
    void packetsMayBeCutAnywhere() {
        channels.readIn(1);
        secure();
        dialer.send(bytes(1000));
        channels.settle();
        assertThat(listener.plaintext()).isEqualTo(bytes(1000));
    }

    @Test
    void aSmallWriteIsSentWhenItIsFlushed() {
        secure();
        ChannelFuture written = dialer.channel().write(Unpooled.wrappedBuffer(bytes(1)));
        channels.settle();
        assertThat(listener.plaintext()).isEmpty();
        dialer.channel().flush();
        channels.settle();
        assertThat(listener.plaintext()).isEqualTo(bytes(1));
        assertThat(written.isSuccess()).isTrue();
    }

    @Test
    void plaintextIsNotOnTheWire() {
        secure();
        byte[] secret = "a sentence that would be recognised".getBytes(UTF_8);
        dialer.send(secret);
        byte[] wire = ChannelPair.take(dialer.channel());
        assertThat(indexOf(wire, secret)).isEqualTo(-1);
    }

    @Test
    void noByteIsDeliveredBeforeTheHandshakeEnds() {
        dial(bob.peerId(), List.of());
        listen(Optional.empty(), List.of());
        dialer.assertNothingTooSoon();
        listener.assertNothingTooSoon();
        channels.settle();
        dialer.send(bytes(10));
        listener.send(bytes(20));
        channels.settle();
        assertThat(listener.plaintext()).isEqualTo(bytes(10));
        assertThat(dialer.plaintext()).isEqualTo(bytes(20));
    }

    // ── hostile peers and networks ──

    @Test
    void garbageFailsTheHandshakeAndDeliversNothing() {
        for (int length : new int[] {1, 2, 100, 1000, 65_537}) {
            for (byte fill : new byte[] {0, 1, (byte) 0xff}) {
                SecureEnd end = new SecureEnd(new EmbeddedChannel());
                secure(end, bob, Role.RESPONDER, Optional.empty(), List.of());
                byte[] garbage = new byte[length];
                Arrays.fill(garbage, fill);
                ChannelPair.feed(end.channel(), garbage);
                ChannelPair.hangUp(end.channel());
                end.assertRefused();
                end.release();
            }
        }
    }

    @Test
    void everyFlippedByteOfTheHandshakeFailsIt() {
        int wireBytes = handshake(-1);
        for (int at = 0; at < wireBytes; at += 7) {
            handshake(at);
        }
    }

    @Test
    void aHandshakeThatIsCutShortFails() {
        dial(bob.peerId(), List.of());
        listen(Optional.empty(), List.of());
        byte[] first = ChannelPair.take(dialer.channel());
        ChannelPair.feed(listener.channel(), Arrays.copyOf(first, first.length - 1));
        ChannelPair.hangUp(listener.channel());
        ChannelPair.hangUp(dialer.channel());
        listener.assertRefused();
        dialer.assertRefused();
    }

    @Test
    void aHandshakeThatNeverEndsIsRefusedBeforeItFillsTheMemory() {
        listen(Optional.empty(), List.of());
        for (int sent = 0; sent < MAX_HANDSHAKE_BYTES && !listener.isRefused(); sent += 1000) {
            ChannelPair.feed(listener.channel(), new byte[1000]);
        }
        listener.assertRefused();
    }

    @Test
    void aChangedByteEndsTheChannelAndIsNotDelivered() {
        secure();
        dialer.send(bytes(1000));
        byte[] wire = ChannelPair.take(dialer.channel());
        wire[wire.length / 2] ^= 1;
        ChannelPair.feed(listener.channel(), wire);
        assertThat(listener.plaintext()).isEmpty();
        assertThat(listener.channel().isOpen()).isFalse();
        assertThat(listener.failure()).isNotNull();
    }

    @Test
    void aMessageThatComesTwiceEndsTheChannel() {
        secure();
        dialer.send(bytes(1000));
        byte[] wire = ChannelPair.take(dialer.channel());
        ChannelPair.feed(listener.channel(), wire);
        ChannelPair.feed(listener.channel(), wire);
        assertThat(listener.plaintext()).isEqualTo(bytes(1000));
        assertThat(listener.channel().isOpen()).isFalse();
    }

    @Test
    void anEndInTheMiddleOfAMessageDeliversNothingOfItAndIsNoCleanEnd() {
        secure();
        dialer.send(bytes(1000));
        byte[] wire = ChannelPair.take(dialer.channel());
        ChannelPair.feed(listener.channel(), Arrays.copyOf(wire, wire.length - 1));
        ChannelPair.hangUp(listener.channel());
        assertThat(listener.plaintext()).isEmpty();
        assertThat(listener.ended()).isFalse();
        assertThat(listener.channel().isOpen()).isFalse();
    }

    /** A handshake of which one byte was flipped on the way, if it is not beyond the end; returns how long it was. */
    private int handshake(int flippedAt) {
        SecureEnd one = new SecureEnd(new EmbeddedChannel());
        SecureEnd other = new SecureEnd(new EmbeddedChannel());
        secure(one, alice, Role.INITIATOR, Optional.of(bob.peerId()), List.of());
        secure(other, bob, Role.RESPONDER, Optional.empty(), List.of());
        int carried = 0;
        int before = -1;
        while (before != carried) {
            before = carried;
            for (SecureEnd from : List.of(one, other)) {
                byte[] wire = ChannelPair.take(from.channel());
                if (flippedAt >= carried && flippedAt < carried + wire.length) {
                    wire[flippedAt - carried] ^= 0x10;
                }
                carried += wire.length;
                ChannelPair.feed(from == one ? other.channel() : one.channel(), wire);
            }
        }
        if (flippedAt >= 0) {
            ChannelPair.hangUp(one.channel());
            ChannelPair.hangUp(other.channel());
            assertThat(one.isRefused() || other.isRefused())
                    .as("byte %d flipped", flippedAt)
                    .isTrue();
        }
        one.release();
        other.release();
        return carried;
    }

    private static byte[] bytes(int length) {
        return StreamContract.bytes(length);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    private void secure() {
        dial(bob.peerId(), List.of());
        listen(Optional.empty(), List.of());
        channels.settle();
    }

    private void dial(PeerId expected, List<ProtocolId> muxers) {
        secure(dialer, alice, Role.INITIATOR, Optional.of(expected), muxers);
    }

    private void listen(Optional<PeerId> expected, List<ProtocolId> muxers) {
        secure(listener, bob, Role.RESPONDER, expected, muxers);
    }

    private void secure(SecureEnd end, Identity who, Role role, Optional<PeerId> expected, List<ProtocolId> muxers) {
        end.follow(
                secureChannel(who).secure(end.channel(), role, expected, muxers).toCompletableFuture());
    }
}
