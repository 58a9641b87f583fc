package io.peerup.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.StreamRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every multiplexed connection does. Extend it in a test and say how to make one. */
public abstract class MuxerContract extends StreamVerbsContract {
    private static final int MORE_THAN_ANY_BOUND_ON_OPENING = 100_000;

    // ── back-pressure ──

    @Test
    void aReaderThatPausesStopsTheWriterAndBothGoOnLater() {
        Stream stream = open();
        stream.far().pause();
        int written = writeWhileWritable(stream.near());
        assertThat(stream.near().channel().isWritable()).isFalse();
        assertReceived(stream.far(), new byte[0]);

        stream.far().resume();
        settle();
        assertThat(stream.far().receivedBytes()).isEqualTo(written);
        assertThat(stream.near().channel().isWritable()).isTrue();
    }

    @Test
    void aWriterThatFollowsWritabilityNeverStalls() {
        Stream stream = open();
        int total = 4 * MORE_THAN_ANY_CREDIT;
        Writer writer = new Writer(stream.near(), total);
        stream.near().onWritabilityChange(writer::go);
        writer.go();
        settle();
        assertThat(stream.far().receivedBytes()).isEqualTo(total);
    }

    @Test
    void onePausedReaderStopsNobodyElse() {
        Stream paused = open();
        Stream other = open();
        paused.far().pause();
        paused.near().send(bytes(MORE_THAN_ANY_CREDIT));
        other.near().send(bytes(MORE_THAN_ANY_CREDIT));
        settle();
        assertReceived(paused.far(), new byte[0]);
        assertReceived(other.far(), bytes(MORE_THAN_ANY_CREDIT));
    }

    @Test
    void oneReadDeliversAPieceAndNotAll() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        settle();
        Channel far = stream.far().channel();
        far.read();
        settle();
        int first = stream.far().receivedBytes();
        assertThat(first).isPositive().isLessThan(MORE_THAN_ANY_CREDIT);
        settle();
        assertThat(stream.far().receivedBytes()).isEqualTo(first);

        for (int before = 0; before < stream.far().receivedBytes(); ) {
            before = stream.far().receivedBytes();
            far.read();
            settle();
        }
        assertReceived(stream.far(), bytes(MORE_THAN_ANY_CREDIT));
    }

    @Test
    void aReaderCanPauseWhileItReads() {
        Stream stream = open();
        stream.far().onRead(piece -> stream.far().pause());
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        settle();
        int first = stream.far().receivedBytes();
        assertThat(first).isPositive().isLessThan(MORE_THAN_ANY_CREDIT);
        stream.near().send(bytes(10));
        settle();
        assertThat(stream.far().receivedBytes()).isEqualTo(first);
    }

    // ── many streams ──

    @Test
    void manyStreamsAtOnceKeepTheirBytesApart() {
        int streams = 200;
        List<Stream> opened = IntStream.range(0, streams)
                .mapToObj(i -> i % 2 == 0 ? open() : openByResponder())
                .toList();
        assertThat(pair().initiator().openStreams()).isEqualTo(streams);
        for (int i = 0; i < streams; i++) {
            opened.get(i).near().send(bytes(20_000 + i));
            opened.get(i).far().send(bytes(10_000 + i));
            opened.get(i).near().stream().finish();
            opened.get(i).far().stream().finish();
        }
        settle();
        for (int i = 0; i < streams; i++) {
            assertReceived(opened.get(i).far(), bytes(20_000 + i));
            assertReceived(opened.get(i).near(), bytes(10_000 + i));
        }
        assertThat(pair().initiator().openStreams()).isZero();
        assertThat(pair().responder().openStreams()).isZero();
    }

    @Test
    void opensThatThePeerDoesNotAnswerWaitAndAreBounded() {
        List<CompletableFuture<MuxedStream>> opens = new ArrayList<>();
        CompletableFuture<MuxedStream> last;
        do {
            last = openAtOnce();
            opens.add(last);
        } while (!last.isCompletedExceptionally() && opens.size() < MORE_THAN_ANY_BOUND_ON_OPENING);
        assertRefused(last, StreamRefused.Cause.TOO_MANY_STREAMS);

        List<Integer> completed = new ArrayList<>();
        for (int i = 0; i < opens.size() - 1; i++) {
            int number = i;
            opens.get(i).thenAccept(stream -> {
                completed.add(number);
                stream.reset(0);
            });
        }
        settle();
        assertThat(completed)
                .isEqualTo(IntStream.range(0, opens.size() - 1).boxed().toList());
    }

    // ── the end of the connection ──

    @Test
    void closingTheConnectionResetsItsStreamsAndTellsTheCodeOfTheirFamily() {
        long code = ErrorCode.SHUTDOWN.connectionCode();
        long streamCode = ErrorCode.SHUTDOWN.streamCode();
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        stream.near().stream().finish();
        settle();
        pair().initiator().close(code);
        assertThat(stream.near().reason()).contains(new CloseReason.Local(streamCode));
        assertThat(pair().initiator().openStreams()).isZero();
        settle();
        stream.far().resume();
        settle();
        assertThat(stream.far().reason()).contains(new CloseReason.Remote(streamCode));
        assertThat(stream.far().ended()).isFalse();
        assertThat(pair().initiator().closed()).isCompletedWithValue(new CloseReason.Local(code));
        assertThat(pair().responder().closed()).isCompletedWithValue(new CloseReason.Remote(code));
    }

    @Test
    void closingTheConnectionEndsAStreamThatOnlyItsReaderHoldsOpen() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(1000));
        stream.near().stream().finish();
        stream.far().stream().finish();
        settle();
        pair().responder().close(0);
        settle();
        assertThat(stream.far().reason()).contains(new CloseReason.Local(0));
        assertThat(stream.far().inactive()).isTrue();
    }

    @Test
    void aClosedConnectionOpensNoStreams() {
        pair().initiator().close(0);
        assertRefused(openAtOnce(), StreamRefused.Cause.CONNECTION_CLOSED);
        settle();
        assertRefused(openAtOnce(), StreamRefused.Cause.CONNECTION_CLOSED);
    }

    @Test
    void closingTheConnectionFailsTheOpensThatWait() {
        CompletableFuture<MuxedStream> open;
        do {
            open = openAtOnce();
        } while (open.isDone() && !open.isCompletedExceptionally());
        pair().initiator().close(0);
        settle();
        assertRefused(open, StreamRefused.Cause.CONNECTION_CLOSED);
    }

    @Test
    void noStreamArrivesAfterTheConnectionWasClosed() {
        StreamEnd first = openWithoutWaiting();
        first.send(bytes(10));
        openWithoutWaiting();
        pair().responder().close(0);
        settle();
        assertThat(arrivals()).isZero();
    }

    @Test
    void aStreamCanCloseItsConnectionWhileItReads() {
        Stream stream = open();
        stream.far().onRead(piece -> pair().responder().close(0));
        stream.near().send(bytes(10));
        openWithoutWaiting();
        settle();
        assertThat(arrivals()).isZero();
        assertThat(stream.far().reason()).contains(new CloseReason.Local(0));
    }

    @Test
    void theEndOfTheNetworkIsNotACleanEndOfData() {
        Stream stream = open();
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        stream.near().stream().finish();
        pair().cut();
        for (StreamEnd end : List.of(stream.near(), stream.far())) {
            assertThat(end.ended()).isFalse();
            assertThat(end.inactive()).isTrue();
            assertThat(end.reason()).isPresent().get().isNotInstanceOf(CloseReason.Finished.class);
        }
        assertThat(pair().initiator().closed()).isCompleted();
        assertThat(pair().responder().closed()).isCompleted();
    }

    private int writeWhileWritable(StreamEnd end) {
        int pieceBytes = 10_000;
        int written = 0;
        while (end.channel().isWritable() && written < 4 * MORE_THAN_ANY_CREDIT) {
            end.send(bytes(pieceBytes));
            written += pieceBytes;
            settle();
        }
        return written;
    }

    private CompletableFuture<MuxedStream> openAtOnce() {
        return pair().initiator().openStream().toCompletableFuture();
    }

    private static void assertRefused(CompletableFuture<MuxedStream> open, StreamRefused.Cause why) {
        assertThat(open).isCompletedExceptionally();
        assertThatThrownBy(open::join)
                .cause()
                .isInstanceOfSatisfying(
                        StreamRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(why));
    }

    /** Writes as long as the channel takes it. */
    private static final class Writer {
        private final StreamEnd end;
        private int leftBytes;

        Writer(StreamEnd end, int leftBytes) {
            this.end = end;
            this.leftBytes = leftBytes;
        }

        void go() {
            while (leftBytes > 0 && end.channel().isWritable()) {
                int piece = Math.min(leftBytes, 10_000);
                leftBytes -= piece;
                end.send(bytes(piece));
            }
        }
    }
}
