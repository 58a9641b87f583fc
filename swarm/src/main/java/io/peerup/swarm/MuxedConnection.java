package io.peerup.swarm;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A secured connection that carries many streams. Made by a {@link Muxer}, or by a transport such as QUIC that
 * multiplexes itself. Methods may be called from any thread unless they say otherwise.
 */
public interface MuxedConnection {
    /**
     * Sets who receives the streams that the peer opens. Called once, on the event loop, in the same call in which
     * the connection was handed out, so no stream can arrive before. The acceptor is called on the event loop before
     * any byte of the stream is delivered and installs its handlers synchronously.
     */
    void acceptStreams(Consumer<MuxedStream> acceptor);

    /**
     * Opens a stream. Called on the event loop and completes there, so that whoever waits installs handlers before a
     * byte can arrive. Waits, in order and bounded, while the peer has too many streams of ours unacknowledged; fails with
     * {@link StreamRefused} when that bound is reached or the connection is closed.
     */
    CompletionStage<MuxedStream> openStream();

    /** How many streams are open in both directions; only on the event loop. */
    int openStreams();

    /** The last measured round trip in nanoseconds, empty until one was measured. */
    OptionalLong roundTripNanos();

    /**
     * Closes the connection and resets its streams.
     *
     * @param code from the connection family of {@link ErrorCode}; 0 says nothing to the peer
     */
    void close(long code);

    /** Completes on the event loop when the connection is over; never exceptionally. */
    CompletionStage<CloseReason> closed();
}
