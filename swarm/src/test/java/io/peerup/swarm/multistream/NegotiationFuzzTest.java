package io.peerup.swarm.multistream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A negotiation with a peer that says anything, in any packets, at any time. The first byte chooses our side; then each
 * step is a byte that says what happens and, for a packet, how many bytes it has. There is one outcome, nothing is said
 * after it, and no buffer is left behind.
 */
class NegotiationFuzzTest {
    private static final ProtocolId ECHO = ProtocolId.of("/echo/1.0.0");
    private static final ProtocolId OTHER = ProtocolId.of("/other/1.0.0");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FINISH = 0xf0;
    private static final int WAIT = 0xf1;
    private static final int HANG_UP = 0xf2;
    private static final int MAX_SAID_BYTES = 2048;

    static Stream<byte[]> seeds() {
        String header = "\24\23/multistream/1.0.0\n";
        return Stream.of(
                        "\0" + header + "\15\14/echo/1.0.0\n\5hello",
                        "\1" + header + "\4\3na\n\16\15/other/1.0.0\n\3abc",
                        "\0" + header + "\10\7/what/\n\u00f1\15\14/echo/1.0.0\n",
                        "\1" + header + "\u00f0",
                        "\0\12\23/multistre\12am/1.0.0\n\u00f2")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void thereIsOneOutcomeAndNothingAfterIt(byte[] bytes) {
        ByteBuf story = Unpooled.wrappedBuffer(bytes);
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
        Outcome outcome = new Outcome();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.config().setAllocator(buffers);
        boolean answers = story.isReadable() && (story.readByte() & 1) == 0;
        channel.pipeline()
                .addLast(
                        answers
                                ? new AnsweringHandler(ECHO::equals, PATIENCE, outcome)
                                : new ProposingHandler(List.of(OTHER, ECHO), PATIENCE, outcome));
        channel.runPendingTasks();
        while (story.isReadable() && channel.isOpen()) {
            boolean over = outcome.count > 0;
            int saidBefore = said(channel);
            happens(story, channel);
            assertThat(over && said(channel) > saidBefore).isFalse();
        }
        assertThat(said(channel)).isLessThanOrEqualTo(MAX_SAID_BYTES);
        assertThat(outcome.count).isLessThanOrEqualTo(1);
        channel.finishAndReleaseAll();
        assertThat(outcome.count).isEqualTo(1);
        assertThat(buffers.metric().usedHeapMemory()).isZero();
        assertThat(buffers.metric().usedDirectMemory()).isZero();
    }

    private static void happens(ByteBuf story, EmbeddedChannel channel) {
        int step = story.readUnsignedByte();
        switch (step) {
            case FINISH -> channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            case WAIT -> {
                channel.advanceTimeBy(PATIENCE.toNanos() / 2, TimeUnit.NANOSECONDS);
                channel.runScheduledPendingTasks();
            }
            case HANG_UP -> channel.close();
            default -> {
                ByteBuf packet = story.readSlice(Math.min(step, story.readableBytes()));
                channel.writeInbound(channel.alloc().buffer().writeBytes(packet));
            }
        }
        channel.runPendingTasks();
    }

    private static int said(EmbeddedChannel channel) {
        return channel.outboundMessages().stream()
                .mapToInt(message -> ((ByteBuf) message).readableBytes())
                .sum();
    }

    private static final class Outcome implements NegotiationOutcome {
        private int count;

        @Override
        public void agreed(ProtocolId protocol) {
            assertThat(protocol).isIn(ECHO, OTHER);
            count++;
        }

        @Override
        public void failed(Exception why) {
            assertThat(why).isInstanceOfAny(ProtocolViolation.class, StreamRefused.class);
            count++;
        }
    }
}
