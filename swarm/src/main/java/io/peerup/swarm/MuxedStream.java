package io.peerup.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.CompletionStage;

/**
 * One stream of a multiplexed connection: a Netty channel to put a pipeline on, with libp2p's own verbs.
 *
 * <p>The verbs exist because {@code Channel.close} and {@code shutdownOutput} mean different things on different
 * channels. The contract, which {@code MuxerContract} in the testkit runs against every muxer:
 *
 * <ul>
 *   <li>Bytes written and flushed arrive in order or the stream is reset; a clean end of truncated data never happens.
 *   <li>Back-pressure is the channel's: credit goes to the peer when the application reads ({@code autoRead} and
 *       {@code read()} are honoured, and turning {@code autoRead} off holds the very next byte), and
 *       {@code isWritable} is false while written bytes wait for credit.
 *   <li>The end of the peer's data arrives in the pipeline as {@code ChannelInputShutdownEvent}, after the last byte.
 *   <li>When both directions have finished, or after a reset, the channel becomes inactive and {@link #closed()}
 *       tells why. {@code channel().close()} before both ends finished is {@code reset(0)}.
 * </ul>
 *
 * <p>Every method may be called from any thread; effects happen on the channel's event loop. Spec: libp2p/specs
 * connections/README.md and yamux/README.md (snapshot 7740c07).
 */
public interface MuxedStream {
    /** The channel that carries the bytes; its event loop is the connection's. */
    Channel channel();

    /** Who opened the stream. */
    Direction direction();

    /**
     * Sends FIN after everything written so far, also what still waits for credit. Later writes fail. The future
     * completes when FIN was handed to the transport, and fails if the stream was reset before. Finishing again changes
     * nothing and tells the same.
     */
    ChannelFuture finish();

    /**
     * Ends both directions at once; queued writes fail, unread data is dropped.
     *
     * @param code from the stream family of {@link ErrorCode}, 0 to 2^32-1
     */
    void reset(long code);

    /**
     * Drops what was not delivered yet and whatever else the peer sends on this stream, without granting it further
     * credit where the muxer has no frame for it (yamux), or by asking the peer to stop (QUIC). Neither bytes nor their
     * end are delivered any more; once both sides have finished the stream is over.
     *
     * @param code from the stream family of {@link ErrorCode}
     */
    void stopReading(long code);

    /** Completes on the event loop when the stream is over, with the reason; never exceptionally. */
    CompletionStage<CloseReason> closed();
}
