package io.peerup.yamux.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.peerup.swarm.CloseReason;
import io.peerup.testkit.contracts.StreamEnd;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxRule;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes in packets, an application that opens and pauses, a transport that fills up, and time. Each step is one byte
 * that says what happens and, for a packet, how many bytes it has. The connection goes on or ends by the name of a
 * rule, with few streams and nothing buffered for one that nobody reads beyond its window.
 */
class YamuxHandlerFuzzTest {
    private static final int MAX_INBOUND = 8;
    private static final int OPEN = 0xf0;
    private static final int PAUSE = 0xf1;
    private static final int RESUME = 0xf2;
    private static final int WAIT = 0xf3;
    private static final int BLOCK = 0xf4;
    private static final int UNBLOCK = 0xf5;
    private static final int HANG_UP = 0xf6;

    static Stream<byte[]> seeds() {
        String opens = "0c" + "000100010000000100000000";
        return Stream.of(
                        opens + "0c" + "000000000000000100000003" + "03" + "010203",
                        opens + "f1" + "0e" + "0000000400000001000000020102" + "f2",
                        "f0" + "0c" + "000100020000000200000000" + "f4" + "f3" + "f5" + "f6",
                        "06" + "000100010000" + "06" + "000100000000" + "0c" + "000300000000000000000001")
                .map(ByteBufUtil::decodeHexDump);
    }

    @MethodSource("seeds")
    @FuzzTest
    void theConnectionGoesOnOrEndsByName(byte[] bytes) {
        RawPeer peer = new RawPeer(YamuxConfig.defaults().withMaxInboundStreams(MAX_INBOUND));
        ByteBuf story = Unpooled.wrappedBuffer(bytes);
        while (story.isReadable() && peer.channel.isOpen()) {
            happens(story, peer);
            peer.sent();
        }
        CloseReason reason = peer.connection.closed().toCompletableFuture().getNow(null);
        switch (reason) {
            case null -> assertThat(peer.channel.isOpen()).isTrue();
            case CloseReason.Violated violated -> assertThat(violated.rule()).isInstanceOf(YamuxRule.class);
            case CloseReason.Remote gone -> {}
            case CloseReason.TimedOut late -> {}
            case CloseReason other -> throw new AssertionError(other.toString());
        }
        peer.channel.finishAndReleaseAll();
    }

    private static void happens(ByteBuf story, RawPeer peer) {
        int step = story.readUnsignedByte();
        switch (step) {
            case OPEN -> peer.connection.openStream();
            case PAUSE -> peer.arrived.forEach(StreamEnd::pause);
            case RESUME -> peer.arrived.forEach(StreamEnd::resume);
            case WAIT -> peer.advance(Duration.ofSeconds(15));
            case BLOCK -> peer.writable(false);
            case UNBLOCK -> peer.writable(true);
            case HANG_UP -> peer.hangsUp();
            default -> peer.sendsBytes(story.readBytes(Math.min(step, story.readableBytes())));
        }
    }
}
