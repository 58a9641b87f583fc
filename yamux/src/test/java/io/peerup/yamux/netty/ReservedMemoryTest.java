package io.peerup.yamux.netty;

import static io.peerup.yamux.netty.RawPeer.NONE;
import static io.peerup.yamux.netty.RawPeer.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.limits.StreamScope;
import io.peerup.testkit.contracts.StreamEnd;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What applications leave unread is reserved before it is kept, and nothing else is. */
class ReservedMemoryTest {
    private static final int WINDOW = YamuxConfig.INITIAL_WINDOW_BYTES;
    private static final long REFUSED = ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode();
    private static final int UNREAD = (int) StreamScope.UNREAD_BYTES;

    private final RawPeer peer = new RawPeer(YamuxConfig.defaults());

    @AfterEach
    void release() {
        peer.channel.finishAndReleaseAll();
    }

    @Test
    void aThousandIdleStreamsAndReadersThatKeepUpReserveNothing() {
        for (int i = 0; i < 1000; i++) {
            peer.sends(new WindowUpdate(2 * i + 1, SYN, 0));
            peer.sends(new Data(2 * i + 1, NONE, WINDOW));
        }
        assertThat(peer.arrived).hasSize(1000).allMatch(stream -> stream.receivedBytes() == WINDOW);
        assertThat(peer.memory.calls()).isZero();
    }

    @Test
    void aReaderThatPausesReservesItsWindowOnce() {
        StreamEnd stream = paused();
        peer.sends(new Data(1, NONE, UNREAD));
        assertThat(peer.memory.heldBytes()).isZero();
        for (int i = 0; i < 100; i++) {
            peer.sends(new Data(1, NONE, 1000));
        }
        assertThat(peer.memory.heldBytes()).isEqualTo(WINDOW);
        assertThat(peer.memory.calls()).isEqualTo(1);

        stream.resume();
        peer.channel.runPendingTasks();
        peer.sends(new Data(1, NONE, WINDOW / 2));
        assertThat(peer.memory.heldBytes()).isZero();
    }

    @Test
    void aFrameIsNotKeptUntilItIsWhole() {
        peer.memory.limit(WINDOW - 1);
        StreamEnd stream = paused();
        ByteBuf frame = Unpooled.buffer();
        RawPeer.encode(new Data(1, NONE, WINDOW), frame);
        peer.sendsBytes(frame.readBytes(12 + UNREAD));
        assertThat(stream.reason()).isEmpty();
        peer.sendsBytes(frame.readBytes(1));
        assertThat(stream.reason()).contains(new CloseReason.Local(REFUSED));
        peer.sendsBytes(frame);
    }

    @Test
    void withoutMemoryTheReaderThatLagsIsResetAndOthersGoOn() {
        peer.memory.limit(WINDOW);
        StreamEnd first = paused();
        StreamEnd second = paused(peer, 3);
        peer.sends(new WindowUpdate(5, SYN, 0));
        peer.sends(new Data(1, NONE, WINDOW), new Data(3, NONE, WINDOW), new Data(5, NONE, WINDOW));
        assertThat(peer.sent()).contains(new WindowUpdate(3, new YamuxFrame.Flags(false, false, false, true), REFUSED));
        assertThat(second.reason()).contains(new CloseReason.Local(REFUSED));
        assertThat(peer.arrived.remove().receivedBytes()).isEqualTo(WINDOW);

        first.resume();
        peer.channel.runPendingTasks();
        assertThat(first.receivedBytes()).isEqualTo(WINDOW);
        assertThat(peer.connection.closed().toCompletableFuture()).isNotDone();
    }

    /** Whoever reads, pauses, resets and ends in any order: what is unread never exceeds what was reserved for it. */
    @Property(tries = 100)
    void nothingIsKeptUnreserved(@ForAll long seed) {
        RawPeer fresh = new RawPeer(YamuxConfig.defaults());
        fresh.memory.limit(3L * WINDOW);
        SplittableRandom random = new SplittableRandom(seed);
        StreamEnd[] ends = new StreamEnd[6];
        long[] sent = new long[ends.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = paused(fresh, 2 * i + 1);
        }
        for (int step = 0; step < 150; step++) {
            int i = random.nextInt(ends.length);
            switch (random.nextInt(8)) {
                case 0 -> ends[i].resume();
                case 1 -> ends[i].pause();
                case 2 -> ends[i].stream().reset(7);
                default -> {
                    int bytes = (int) Math.min(random.nextInt(20_000), WINDOW - sent[i]);
                    sent[i] += bytes;
                    fresh.sends(new Data(2 * i + 1, NONE, bytes));
                }
            }
            fresh.channel.runPendingTasks();
            assertThat(unreserved(ends, sent)).isLessThanOrEqualTo(fresh.memory.heldBytes());
        }
        for (StreamEnd end : ends) {
            end.stream().reset(0);
        }
        assertThat(fresh.memory.heldBytes()).isZero();
        fresh.channel.finishAndReleaseAll();
    }

    /** What streams hold beyond what each may hold for nothing. */
    private static long unreserved(StreamEnd[] ends, long[] sent) {
        long sum = 0;
        for (int i = 0; i < ends.length; i++) {
            boolean over = ends[i].reason().isPresent();
            sum += over ? 0 : Math.max(0, sent[i] - ends[i].receivedBytes() - UNREAD);
        }
        return sum;
    }

    private StreamEnd paused() {
        return paused(peer, 1);
    }

    private static StreamEnd paused(RawPeer peer, int id) {
        peer.sends(new WindowUpdate(id, SYN, 0));
        return peer.arrived.remove().pause();
    }
}
