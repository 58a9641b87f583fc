package io.peerup.swarm;

import io.netty.channel.EventLoop;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A live connection to one peer: facts that never change, and streams. Methods may be called from any thread. */
public interface Connection {
    /** Who is there, proved by the handshake. */
    PeerId remotePeer();

    /** The key that hashes to {@link #remotePeer()}. */
    PublicKey remoteKey();

    /** Our end. */
    Multiaddr local();

    /** Their end; contains {@code /p2p-circuit} when a relay carries the connection. */
    Multiaddr remote();

    /** Who dialed. */
    Direction direction();

    /** What the relay that carries it allows, empty for a direct connection or an unlimited circuit. */
    Optional<ConnectionLimit> limit();

    /** Whether a relay carries it. */
    default boolean isRelayed() {
        return remote().isRelayed();
    }

    /** When it was opened, in monotonic nanoseconds of the swarm's clock. */
    long openedNanos();

    /** The loop that owns the connection and its streams. */
    EventLoop eventLoop();

    /** The security protocol in use. */
    ProtocolId security();

    /** The muxer in use. */
    ProtocolId muxer();

    /** Whether the muxer was agreed on inside the security handshake. */
    boolean earlyMuxer();

    /** The last measured round trip in nanoseconds. */
    OptionalLong roundTripNanos();

    /**
     * Opens a stream for the first of the given protocols that the peer speaks. With a single protocol that the peer is known
     * to speak nothing is waited for: a refusal then reaches the handlers as {@code exceptionCaught} with a {@link
     * StreamRefused}, and the stream ends.
     *
     * <p>Fails with {@link StreamRefused}, or with what {@code attach} threw. Whoever cancels the stage before gets no
     * stream.
     *
     * @param policy whether a limited connection will do
     * @param attach called once on the event loop before the first byte is delivered: installs the handlers and
     *     returns what the caller wants of the stream
     */
    <T> CompletionStage<T> openStream(
            List<ProtocolId> protocols, LimitedConnections policy, Function<NegotiatedStream, T> attach);

    /** Whether a stream may run over a connection that a relay limits. */
    enum LimitedConnections {
        /** Yes. */
        ALLOWED,
        /** No; fail with {@link StreamRefused.Cause#LIMITED_CONNECTION}. */
        REFUSED
    }

    /** A stream with its agreed protocol. */
    record NegotiatedStream(MuxedStream stream, ProtocolId protocol) {}

    /**
     * Where protocols reserve memory that they hold for the peer. Whatever was not released comes back when the connection
     * is over.
     */
    MemoryBudget memory();

    /** Closes the connection and resets its streams. */
    void close(ErrorCode why);

    /** Completes on the event loop when it is over; never exceptionally. */
    CompletionStage<CloseReason> closed();
}
