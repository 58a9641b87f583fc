package io.peerup.yamux.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.swarm.CloseReason;
import io.peerup.testkit.contracts.StreamEnd;
import io.peerup.yamux.YamuxCodec;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import io.peerup.yamux.YamuxRule;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Bytes that no honest peer sends. */
class HostileBytesTest {
    private static final int FRAMES = 20_000;

    @Property(tries = 300)
    void anyBytesInAnyPacketsDoNoHarmOrEndTheConnectionByName(
            @ForAll("headers") List<byte[]> headers, @ForAll @IntRange(min = 1, max = 40) int packetBytes) {
        RawPeer peer = new RawPeer(YamuxConfig.defaults());
        ByteBuf wire = Unpooled.buffer();
        headers.forEach(wire::writeBytes);
        while (wire.isReadable()) {
            peer.sendsBytes(wire.readBytes(Math.min(packetBytes, wire.readableBytes())));
        }
        assertHonestOrViolated(peer);
        peer.channel.finishAndReleaseAll();
    }

    @Property(tries = 300)
    void noiseDoesNoHarmOrEndsTheConnectionByName(@ForAll @Size(max = 200) byte[] noise) {
        RawPeer peer = new RawPeer(YamuxConfig.defaults());
        peer.sendsBytes(Unpooled.copiedBuffer(noise));
        assertHonestOrViolated(peer);
        peer.channel.finishAndReleaseAll();
    }

    @Test
    void aFloodOfSingleBytesIsHeldInFewBuffers() {
        RawPeer peer = new RawPeer(YamuxConfig.defaults());
        peer.sends(new WindowUpdate(1, RawPeer.SYN, 0));
        StreamEnd stream = peer.arrived.remove().pause();
        ByteBuf wire = Unpooled.buffer();
        for (int i = 0; i < FRAMES; i++) {
            RawPeer.encode(new Data(1, RawPeer.NONE, 1), wire);
        }
        peer.sendsBytes(wire);
        assertThat(((YamuxStreamChannel) stream.stream()).unreadPieces()).isLessThan(FRAMES / 1000);
        stream.resume();
        assertThat(stream.receivedBytes()).isEqualTo(FRAMES);
        peer.channel.finishAndReleaseAll();
    }

    @Test
    void aLengthOfFourGigabytesAllocatesNothing() {
        RawPeer peer = new RawPeer(YamuxConfig.defaults());
        peer.sends(new WindowUpdate(1, RawPeer.SYN, 0));
        ByteBuf wire = Unpooled.buffer();
        YamuxCodec.encode(new Data(1, RawPeer.NONE, 0xffff_ffffL), wire);
        peer.sendsBytes(wire);
        assertThat(peer.connection.closed().toCompletableFuture().getNow(null))
                .isInstanceOfSatisfying(
                        CloseReason.Violated.class,
                        violated -> assertThat(violated.rule()).isEqualTo(YamuxRule.RECEIVE_WINDOW));
        peer.channel.finishAndReleaseAll();
    }

    /** Headers that are nearly right: small numbers in most places. */
    @Provide
    static Arbitrary<List<byte[]>> headers() {
        Arbitrary<Byte> small = Arbitraries.bytes().between((byte) 0, (byte) 4);
        return small.array(byte[].class)
                .ofSize(12)
                .map(header -> {
                    header[0] = 0;
                    header[2] = 0;
                    header[4] = 0;
                    header[5] = 0;
                    header[6] = 0;
                    header[8] = 0;
                    header[9] = 0;
                    header[10] = 0;
                    return header;
                })
                .list()
                .ofMaxSize(40);
    }

    private static void assertHonestOrViolated(RawPeer peer) {
        CloseReason reason = peer.connection.closed().toCompletableFuture().getNow(null);
        switch (reason) {
            case null -> assertThat(peer.channel.isOpen()).isTrue();
            case CloseReason.Violated violated -> assertThat(violated.rule()).isInstanceOf(YamuxRule.class);
            case CloseReason.Remote gone -> assertThat(gone.code()).isNotZero();
            case CloseReason other -> throw new AssertionError(other);
        }
    }
}
