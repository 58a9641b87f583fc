package io.peerup.testkit.contracts;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Muxer;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.limits.MemoryBudget;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A muxer with one verb wrong, to see that {@link MuxerContract} notices. */
public final class SabotagedMuxer implements Muxer {
    private final Muxer honest;
    private final Sabotage sabotage;

    /** Spoils an honest muxer. */
    public SabotagedMuxer(Muxer honest, Sabotage sabotage) {
        this.honest = honest;
        this.sabotage = sabotage;
    }

    /** What is wrong. */
    public enum Sabotage {
        /** FIN goes out before what is queued, which is dropped. */
        FINISH_JUMPS_THE_QUEUE("finAtZeroCreditWaitsForAllThatWasWrittenBefore"),
        /** Nothing is sent to end the data. */
        FINISH_SAYS_NOTHING("finComesTogetherWithDataAndAfterIt"),
        /** The peer is not told why. */
        RESET_LOSES_ITS_CODE("resetWhileWritingFailsWhatIsQueuedAndTellsTheCode"),
        /** A reset looks like the end of the data. */
        RESET_LOOKS_LIKE_FIN("resetWhileWritingFailsWhatIsQueuedAndTellsTheCode"),
        /** Bytes come all the same. */
        STOP_READING_IS_IGNORED("whoStopsReadingHearsNothingMoreAndCanStillSpeak"),
        /** Every end is called a good one. */
        EVERY_END_IS_CALLED_FINISHED("theEndOfTheNetworkIsNotACleanEndOfData"),
        /** The end of the connection looks like the end of the data. */
        LOSS_LOOKS_LIKE_FIN("theEndOfTheNetworkIsNotACleanEndOfData"),
        /** Whoever does not read is sent more and more, for the writer is never told to stop. */
        WRITERS_ARE_NEVER_STOPPED("aReaderThatPausesStopsTheWriterAndBothGoOnLater"),
        /** The peer is not told why the connection ends. */
        CLOSE_LOSES_ITS_CODE("closingTheConnectionResetsItsStreamsAndTellsTheCodeOfTheirFamily");

        private final String noticedBy;

        Sabotage(String noticedBy) {
            this.noticedBy = noticedBy;
        }

        /** The test of the contract that must not pass then; others may not either. */
        public String noticedBy() {
            return noticedBy;
        }
    }

    @Override
    public ProtocolId id() {
        return honest.id();
    }

    @Override
    public MuxedConnection attach(Channel secured, Role role, MemoryBudget memory) {
        return new Connection(honest.attach(secured, role, memory));
    }

    private final class Connection implements MuxedConnection {
        private final MuxedConnection connection;

        Connection(MuxedConnection connection) {
            this.connection = connection;
        }

        @Override
        public void acceptStreams(Consumer<MuxedStream> acceptor) {
            connection.acceptStreams(stream -> acceptor.accept(new Stream(stream)));
        }

        @Override
        public CompletionStage<MuxedStream> openStream() {
            return connection.openStream().thenApply(Stream::new);
        }

        @Override
        public int openStreams() {
            return connection.openStreams();
        }

        @Override
        public OptionalLong roundTripNanos() {
            return connection.roundTripNanos();
        }

        @Override
        public void close(long code) {
            connection.close(sabotage == Sabotage.CLOSE_LOSES_ITS_CODE ? 0 : code);
        }

        @Override
        public CompletionStage<CloseReason> closed() {
            return connection.closed();
        }
    }

    private final class Stream implements MuxedStream {
        private final MuxedStream stream;

        Stream(MuxedStream stream) {
            this.stream = stream;
            switch (sabotage) {
                case LOSS_LOOKS_LIKE_FIN ->
                    stream.closed()
                            .thenRun(() ->
                                    channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
                case WRITERS_ARE_NEVER_STOPPED -> channel().config().setWriteBufferHighWaterMark(Integer.MAX_VALUE);
                case FINISH_JUMPS_THE_QUEUE,
                        FINISH_SAYS_NOTHING,
                        RESET_LOSES_ITS_CODE,
                        RESET_LOOKS_LIKE_FIN,
                        STOP_READING_IS_IGNORED,
                        EVERY_END_IS_CALLED_FINISHED,
                        CLOSE_LOSES_ITS_CODE -> {}
            }
        }

        @Override
        public Channel channel() {
            return stream.channel();
        }

        @Override
        public Direction direction() {
            return stream.direction();
        }

        @Override
        public ChannelFuture finish() {
            if (sabotage == Sabotage.FINISH_SAYS_NOTHING) {
                return channel().newSucceededFuture();
            }
            if (sabotage == Sabotage.FINISH_JUMPS_THE_QUEUE) {
                dropQueue();
            }
            return stream.finish();
        }

        @Override
        public void reset(long code) {
            if (sabotage == Sabotage.RESET_LOOKS_LIKE_FIN) {
                dropQueue();
                stream.finish();
            } else {
                stream.reset(sabotage == Sabotage.RESET_LOSES_ITS_CODE ? 0 : code);
            }
        }

        @Override
        public void stopReading(long code) {
            if (sabotage != Sabotage.STOP_READING_IS_IGNORED) {
                stream.stopReading(code);
            }
        }

        @Override
        public CompletionStage<CloseReason> closed() {
            return sabotage == Sabotage.EVERY_END_IS_CALLED_FINISHED
                    ? stream.closed().thenApply(reason -> new CloseReason.Finished())
                    : stream.closed();
        }

        private void dropQueue() {
            ChannelOutboundBuffer queue = channel().unsafe().outboundBuffer();
            while (queue != null && queue.current() != null) {
                queue.remove(new IOException("dropped"));
            }
        }
    }
}
