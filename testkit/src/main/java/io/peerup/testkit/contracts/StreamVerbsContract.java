package io.peerup.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the verbs of a stream mean: finish, reset, stop reading, close. Part of {@link MuxerContract}. */
public abstract class StreamVerbsContract extends StreamContract {
    private static final long A_CODE = 0x1234;

    // ── bytes ──

    @Test
    void bytesArriveBothWaysWhoeverOpenedTheStream() {
        for (Stream stream : List.of(open(), openByResponder())) {
            stream.near().send(bytes(10));
            stream.far().send(bytes(20));
            settle();
            assertReceived(stream.far(), bytes(10));
            assertReceived(stream.near(), bytes(20));
            assertThat(stream.near().stream().direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(stream.far().stream().direction()).isEqualTo(Direction.INBOUND);
        }
    }

    @Test
    void bytesSentWithTheOpeningFindTheHandlersInPlace() {
        openWithoutWaiting().send(bytes(10));
        settle();
        assertReceived(arrival(), bytes(10));
    }

    @Test
    void anEmptyWriteSucceedsInItsTurn() {
        Stream stream = open();
        List<String> done = new ArrayList<>();
        stream.near().write(bytes(10)).addListener(written -> done.add("ten"));
        stream.near().write(new byte[0]).addListener(written -> done.add("none"));
        stream.near().channel().flush();
        settle();
        assertThat(done).containsExactly("ten", "none");
    }

    @Test
    void onlyBytesCanBeWritten() {
        Stream stream = open();
        assertThat(stream.near().channel().writeAndFlush("text").cause()).isInstanceOf(Exception.class);
        stream.near().send(bytes(10));
        settle();
        assertReceived(stream.far(), bytes(10));
    }

    // ── finish ──

    @Test
    void finComesTogetherWithDataAndAfterIt() {
        StreamEnd near = openWithoutWaiting();
        near.send(bytes(10));
        near.stream().finish();
        settle();
        StreamEnd far = arrival();
        assertReceived(far, bytes(10));
        assertThat(far.ended()).isTrue();
    }

    @Test
    void finishSendsWhatWasNotFlushed() {
        Stream stream = open();
        stream.near().write(bytes(10));
        stream.near().stream().finish();
        settle();
        assertReceived(stream.far(), bytes(10));
        assertThat(stream.far().ended()).isTrue();
    }

    @Test
    void finAtZeroCreditWaitsForAllThatWasWrittenBefore() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        ChannelFuture finished = stream.near().stream().finish();
        settle();
        assertThat(finished.isDone()).isFalse();
        assertThat(stream.far().ended()).isFalse();

        stream.far().resume();
        settle();
        assertReceived(stream.far(), bytes(MORE_THAN_ANY_CREDIT));
        assertThat(stream.far().ended()).isTrue();
        assertThat(finished.isSuccess()).isTrue();
    }

    @Test
    void aFinishedStreamTakesNoMoreBytes() {
        Stream stream = open();
        stream.near().stream().finish();
        assertThat(stream.near().send(bytes(10)).isSuccess()).isFalse();
        settle();
        assertReceived(stream.far(), new byte[0]);
    }

    @Test
    void finishingTwiceIsFinishingOnce() {
        Stream stream = open();
        stream.far().stream().finish();
        ChannelFuture first = stream.near().stream().finish();
        ChannelFuture second = stream.near().stream().finish();
        settle();
        ChannelFuture afterTheEnd = stream.near().stream().finish();
        settle();
        assertThat(List.of(first, second, afterTheEnd)).allMatch(ChannelFuture::isSuccess);
    }

    @Test
    void theOtherDirectionGoesOnAfterFin() {
        Stream stream = open();
        stream.near().stream().finish();
        settle();
        assertThat(stream.far().ended()).isTrue();
        assertThat(stream.far().reason()).isEmpty();

        stream.far().send(bytes(MORE_THAN_ANY_CREDIT));
        settle();
        assertReceived(stream.near(), bytes(MORE_THAN_ANY_CREDIT));

        stream.far().stream().finish();
        settle();
        for (StreamEnd end : List.of(stream.near(), stream.far())) {
            assertThat(end.reason()).contains(new CloseReason.Finished());
            assertThat(end.ended()).isTrue();
            assertThat(end.inactive()).isTrue();
        }
    }

    @Test
    void aFinishedStreamWaitsForItsReader() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(1000));
        stream.near().stream().finish();
        stream.far().stream().finish();
        settle();
        assertThat(stream.far().reason()).isEmpty();
        assertThat(stream.far().ended()).isFalse();

        stream.far().resume();
        settle();
        assertReceived(stream.far(), bytes(1000));
        assertThat(stream.far().ended()).isTrue();
        assertThat(stream.far().reason()).contains(new CloseReason.Finished());
    }

    // ── re-entrance ──

    @Test
    void whatIsWrittenWhileReadingArrives() {
        Stream stream = open();
        stream.far().onRead(stream.far()::send);
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        settle();
        assertReceived(stream.near(), bytes(MORE_THAN_ANY_CREDIT));
    }

    @Test
    void whatIsWrittenWhenAWriteIsDoneArrives() {
        Stream stream = open();
        byte[] piece = bytes(1000);
        int pieces = 500;
        sendOneAfterAnother(stream.near(), piece, pieces);
        settle();
        assertThat(stream.far().receivedBytes()).isEqualTo(pieces * piece.length);
    }

    @Test
    void finishingWhenTheLastWriteIsDoneLosesNothing() {
        Stream stream = open();
        stream.far().stream().finish();
        settle();
        StreamEnd near = stream.near();
        near.write(bytes(1000)).addListener(done -> near.stream().finish());
        near.channel().flush();
        settle();
        assertReceived(stream.far(), bytes(1000));
        assertThat(stream.far().ended()).isTrue();
    }

    @Test
    void resettingWhenAWriteIsDoneIsAReset() {
        Stream stream = open();
        StreamEnd near = stream.near();
        near.write(bytes(1000)).addListener(done -> near.stream().reset(A_CODE));
        near.channel().flush();
        settle();
        assertThat(stream.far().reason()).contains(new CloseReason.Remote(A_CODE));
        assertThat(stream.far().ended()).isFalse();
    }

    // ── reset ──

    @Test
    void resetWhileWritingFailsWhatIsQueuedAndTellsTheCode() {
        Stream stream = open();
        stream.far().pause();
        List<ChannelFuture> writes = IntStream.range(0, 64)
                .mapToObj(i -> stream.near().send(bytes(MORE_THAN_ANY_CREDIT / 64)))
                .toList();
        ChannelFuture finish = stream.near().stream().finish();
        settle();
        stream.near().stream().reset(A_CODE);
        settle();
        assertThat(writes).allMatch(ChannelFuture::isDone);
        assertThat(writes.getLast().isSuccess()).isFalse();
        assertThat(finish.isDone()).isTrue();
        assertThat(finish.isSuccess()).isFalse();
        assertThat(stream.near().reason()).contains(new CloseReason.Local(A_CODE));
        assertThat(stream.far().reason()).contains(new CloseReason.Remote(A_CODE));
        assertThat(List.of(stream.near(), stream.far())).allMatch(StreamEnd::inactive);
        assertThat(stream.far().ended()).isFalse();
    }

    @Test
    void aResetFromThePeerFailsWhatIsQueuedHere() {
        Stream stream = open();
        stream.far().pause();
        ChannelFuture write = stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        ChannelFuture finish = stream.near().stream().finish();
        settle();
        stream.far().stream().reset(A_CODE);
        settle();
        assertThat(List.of(write, finish)).allMatch(future -> future.isDone() && !future.isSuccess());
        assertThat(stream.near().reason()).contains(new CloseReason.Remote(A_CODE));
    }

    @Test
    void aHalfClosedStreamCanBeReset() {
        Stream stream = open();
        stream.near().stream().finish();
        settle();
        stream.near().stream().reset(A_CODE);
        settle();
        assertThat(stream.far().reason()).contains(new CloseReason.Remote(A_CODE));
    }

    @Test
    void theFirstResetCounts() {
        Stream stream = open();
        stream.near().stream().reset(A_CODE);
        stream.near().stream().reset(A_CODE + 1);
        settle();
        assertThat(stream.near().reason()).contains(new CloseReason.Local(A_CODE));
        assertThat(stream.far().reason()).contains(new CloseReason.Remote(A_CODE));
    }

    @Test
    void closingTheChannelWithWritesPendingIsAResetWithoutACode() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(MORE_THAN_ANY_CREDIT));
        stream.near().channel().close();
        settle();
        stream.far().resume();
        settle();
        assertThat(stream.far().ended()).isFalse();
        assertThat(stream.far().reason()).contains(new CloseReason.Remote(0));
        assertThat(stream.near().reason()).contains(new CloseReason.Local(0));
    }

    // ── stop reading ──

    @Test
    void whoStopsReadingHearsNothingMoreAndCanStillSpeak() {
        Stream stream = open();
        stream.far().stream().stopReading(0);
        stream.near().send(bytes(1000));
        stream.far().send(bytes(2000));
        settle();
        assertReceived(stream.far(), new byte[0]);
        assertReceived(stream.near(), bytes(2000));
    }

    @Test
    void whoStopsReadingDropsWhatHeHasNotRead() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(1000));
        settle();
        stream.far().stream().stopReading(0);
        stream.far().resume();
        settle();
        assertReceived(stream.far(), new byte[0]);
        assertThat(stream.far().ended()).isFalse();
    }

    @Test
    void aStreamThatIsFinishedBothWaysIsOverForWhoStopsReading() {
        Stream stream = open();
        stream.far().pause();
        stream.near().send(bytes(1000));
        stream.near().stream().finish();
        stream.far().stream().finish();
        settle();
        stream.far().stream().stopReading(0);
        settle();
        assertThat(stream.far().reason()).contains(new CloseReason.Finished());
        assertThat(stream.far().inactive()).isTrue();
    }

    private static void sendOneAfterAnother(StreamEnd end, byte[] piece, int times) {
        if (times > 0) {
            end.write(piece).addListener(done -> sendOneAfterAnother(end, piece, times - 1));
            end.channel().flush();
        }
    }
}
