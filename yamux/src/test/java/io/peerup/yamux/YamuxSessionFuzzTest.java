package io.peerup.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session between a peer and an application that do anything in any order while time passes. Each step is one byte
 * that says what happens and what belongs to it. Events fit together, streams, credit, windows and frames stay within
 * their bounds, and an application that keeps its side never meets an exception.
 */
class YamuxSessionFuzzTest {
    private static final int MAX_INBOUND = 4;
    private static final int MAX_REPLIES = 64;
    private static final int ACK_BACKLOG = 3;
    private static final long BUDGET_BYTES = 1 << 20;
    private static final YamuxConfig CONFIG = new YamuxConfig(
            1 << 20,
            BUDGET_BYTES,
            65_507,
            ACK_BACKLOG,
            8,
            MAX_INBOUND,
            MAX_REPLIES,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00" + "000100010000000200000000" + "00" + "000000040000000200000064" + "0302" + "000064"
                                + "0502" + "09",
                        "01" + "0402" + "000000" + "00" + "000100020000000100000000" + "0501" + "00"
                                + "000100080000000100000007",
                        "0805" + "00" + "000200020000000000000001" + "080a" + "081e" + "09" + "00"
                                + "000300000000000000000000",
                        "01" + "0101" + "0601" + "0701" + "0002" + "00" + "000100010000000400000000" + "0702" + "0604",
                        "00" + "000100010000000200000000" + "00" + "000000040000000200040000" + "0a02" + "0302"
                                + "040000" + "0101" + "0101" + "0a01" + "0a03" + "0602")
                .map(ByteBufUtil::decodeHexDump);
    }

    @MethodSource("seeds")
    @FuzzTest
    void aSessionKeepsItsBounds(byte[] bytes) {
        ByteBuf story = Unpooled.wrappedBuffer(bytes);
        Story told = new Story();
        try {
            while (story.isReadable()) {
                told.next(story);
                told.check();
            }
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(YamuxRule.class);
        }
    }

    /** A session, and what its driver knows of it. */
    private static final class Story {
        private final SessionEnd end = SessionEnd.initiator(CONFIG);
        private final YamuxSession session = end.session;
        private final Set<Integer> open = new HashSet<>();
        private final Map<Integer, Long> unread = new HashMap<>();
        private final Map<Integer, Long> allowed = new HashMap<>();
        private boolean over;
        private boolean withheld;

        Story() {
            end.memory.limit(2L * YamuxConfig.INITIAL_WINDOW_BYTES);
        }

        void next(ByteBuf story) throws ProtocolViolation {
            int what = story.readUnsignedByte() % 11;
            int id = story.isReadable() && what >= 2 && what != 8 && what != 9 ? story.readUnsignedByte() % 12 : 0;
            switch (what) {
                case 0 -> receive(story);
                case 1 -> open();
                case 2 -> session.finish(id);
                case 3 -> read(id, story.readableBytes() < 3 ? 1 : story.readUnsignedMedium());
                case 4 -> send(id, story.readableBytes() < 3 ? 1 : story.readUnsignedMedium());
                case 5 -> session.stopReading(id);
                case 6 -> reset(id);
                case 7 -> session.wantsToSend(id);
                case 8 -> {
                    end.advance(Duration.ofSeconds(story.isReadable() ? story.readUnsignedByte() : 1));
                    session.onDeadline(end.now());
                }
                case 10 -> session.fallsBehind(id);
                default -> withheld = !withheld;
            }
        }

        void check() {
            for (YamuxEvent event : end.events()) {
                switch (event) {
                    case YamuxEvent.Opened(int id) -> {
                        assertThat(over).isFalse();
                        assertThat(open.add(id)).isTrue();
                        allowed.put(id, (long) YamuxConfig.INITIAL_WINDOW_BYTES);
                    }
                    case YamuxEvent.RemoteFinished(int id) -> assertThat(open).contains(id);
                    case YamuxEvent.RemoteReset(int id, long code) -> forget(id);
                    case YamuxEvent.Overflowed(int id, long code) -> forget(id);
                    case YamuxEvent.Ended(int id) -> forget(id);
                    case YamuxEvent.OpenPossible() -> {}
                    case YamuxEvent.GoneAway(long code) -> over = true;
                    case YamuxEvent.Unresponsive() -> over = true;
                }
            }
            if (!withheld) {
                drain();
            }
            if (open.isEmpty()) {
                assertThat(end.memory.heldBytes()).isZero();
            }
            assertThat(over && session.canOpen()).isFalse();
            assertThat(session.openStreams()).isEqualTo(open.size());
            assertThat(open).filteredOn(id -> id % 2 == 0).hasSizeLessThanOrEqualTo(MAX_INBOUND);
            open.forEach(id -> assertThat(session.allowanceBytes(id)).isBetween(0, CONFIG.maxDataBytes()));
            unread.values().forEach(bytes -> assertThat(bytes).isBetween(0L, (long) CONFIG.maxReceiveWindowBytes()));
        }

        private void receive(ByteBuf story) throws ProtocolViolation {
            if (story.readableBytes() < YamuxCodec.HEADER_BYTES) {
                return;
            }
            YamuxFrame frame = YamuxCodec.decode(story);
            boolean delivered = session.receive(frame, end.now()) == YamuxSession.Payload.DELIVER;
            check();
            if (frame instanceof YamuxFrame.Data data) {
                if (delivered) {
                    unread.merge(data.streamId(), data.length(), Long::sum);
                    long credit = allowed.merge(data.streamId(), -data.length(), Long::sum);
                    assertThat(withheld || credit >= 0).isTrue();
                }
                session.payloadEnded(data);
            }
        }

        private void open() {
            if (session.canOpen()) {
                int id = end.open();
                assertThat(open.add(id)).isTrue();
                allowed.put(id, (long) YamuxConfig.INITIAL_WINDOW_BYTES);
            }
        }

        private void read(int id, int bytes) {
            int there = (int) Math.min(bytes, unread.getOrDefault(id, 0L));
            unread.computeIfPresent(id, (stream, left) -> left - there);
            session.consumed(id, there, end.now());
        }

        private void send(int id, int bytes) {
            int left = bytes;
            session.wantsToSend(id);
            for (int turn = session.nextToSend(); turn != 0; turn = session.nextToSend()) {
                int allowance = session.allowanceBytes(turn);
                assertThat(allowance).isPositive();
                assertThat(open).contains(turn);
                int piece = Math.min(left, allowance);
                left -= piece;
                session.sent(turn, piece, left > 0);
            }
        }

        private void reset(int id) {
            session.reset(id, 7);
            forgetQuietly(id);
        }

        /** The peer reads, unless it withholds that: credit that we give becomes what it may send. */
        private void drain() {
            for (YamuxFrame frame : end.sent()) {
                if (frame instanceof YamuxFrame.WindowUpdate update
                        && !update.flags().rst()) {
                    assertThat(update.delta()).isBetween(0L, (long) CONFIG.maxReceiveWindowBytes());
                    allowed.computeIfPresent(update.streamId(), (stream, credit) -> credit + update.delta());
                }
            }
        }

        private void forget(int id) {
            assertThat(open.contains(id)).isTrue();
            forgetQuietly(id);
        }

        private void forgetQuietly(int id) {
            open.remove(id);
            unread.remove(id);
            allowed.remove(id);
        }
    }
}
