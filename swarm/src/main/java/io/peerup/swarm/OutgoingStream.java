package io.peerup.swarm;

import io.peerup.swarm.Connection.NegotiatedStream;
import io.peerup.swarm.StreamRefused.Cause;
import io.peerup.swarm.limits.Refusal;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.swarm.limits.StreamScope;
import io.peerup.swarm.multistream.NegotiationOutcome;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of ours on its way to whoever asked for it; on the connection's event loop. It ends in one of two ways: it
 * is attached once, or it is reset and the reason told.
 */
final class OutgoingStream<T> implements NegotiationOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingStream.class);

    private final List<ProtocolId> wanted;
    private final Function<NegotiatedStream, T> attach;
    private final PeerId peer;
    private final CompletionStage<CloseReason> connectionClosed;
    private final CompletableFuture<T> attached = new CompletableFuture<>();
    private @Nullable MuxedStream stream;
    private @Nullable StreamScope scope;
    private boolean taken;

    OutgoingStream(
            List<ProtocolId> wanted,
            Function<NegotiatedStream, T> attach,
            PeerId peer,
            CompletionStage<CloseReason> connectionClosed) {
        this.wanted = List.copyOf(wanted);
        this.attach = attach;
        this.peer = peer;
        this.connectionClosed = connectionClosed;
    }

    /** What the protocol made of the stream, once it is attached. */
    CompletableFuture<T> attached() {
        return attached;
    }

    List<ProtocolId> wanted() {
        return wanted;
    }

    /** There is no room for it here. */
    void refused(Refusal why) {
        attached.completeExceptionally(
                new StreamRefused(Cause.TOO_MANY_STREAMS, "no stream for " + wanted.getFirst() + ", " + why.line()));
    }

    /** The muxer opened it; false when nobody waits for it any more, and then it is gone. */
    boolean opened(MuxedStream muxed, StreamScope counted) {
        stream = muxed;
        scope = counted;
        if (attached.isDone()) {
            muxed.reset(ErrorCode.NONE.streamCode());
            return false;
        }
        return true;
    }

    /** The peer is known to speak {@code protocol}: its first bytes need not wait for the answer. */
    void attachEarly(ProtocolId protocol) {
        agreed(protocol);
    }

    @Override
    public void agreed(ProtocolId protocol) {
        if (taken) {
            return;
        }
        taken = true;
        MuxedStream agreed = opened();
        try {
            count(protocol).ifPresent(this::refused);
            if (!attached.isDone() && attached.complete(attach.apply(new NegotiatedStream(agreed, protocol)))) {
                return;
            }
        } catch (RuntimeException bug) {
            LOG.error("nothing could be attached to a stream for {}", protocol, bug);
            attached.completeExceptionally(bug);
        }
        agreed.reset(ErrorCode.NONE.streamCode());
    }

    /** A stream that is attached already learns of a refusal as an exception; of its end it learns anyway. */
    @Override
    public void failed(Exception why) {
        MuxedStream failed = opened();
        boolean over = failed.closed().toCompletableFuture().isDone();
        StreamRefused refusal = refusal(why, failed);
        if (taken && !over) {
            failed.channel().pipeline().fireExceptionCaught(refusal);
        }
        attached.completeExceptionally(refusal);
        failed.reset(ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode());
    }

    private Optional<Refusal> count(ProtocolId protocol) {
        return scope == null ? Optional.empty() : scope.agreed(protocol, ScopeLimits.UNLIMITED);
    }

    private MuxedStream opened() {
        if (stream == null) {
            throw new IllegalStateException("negotiated before it was open");
        }
        return stream;
    }

    private StreamRefused refusal(Exception why, MuxedStream failed) {
        if (!(why instanceof StreamRefused refused)) {
            return new StreamRefused(Cause.RESET, peer.shortId() + " broke the negotiation: " + why.getMessage());
        }
        CompletableFuture<CloseReason> end = failed.closed().toCompletableFuture();
        boolean ofItself = !connectionClosed.toCompletableFuture().isDone() && end.isDone();
        return ofItself && end.join() instanceof CloseReason.Remote(long code) ? resetByPeer(code) : refused;
    }

    private StreamRefused resetByPeer(long code) {
        return new StreamRefused(
                cause(code),
                peer.shortId() + " reset a stream for " + wanted.getFirst() + ": "
                        + ErrorCode.describeStreamCode(code));
    }

    private static Cause cause(long code) {
        if (code == ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode() || code == ErrorCode.RATE_LIMITED.streamCode()) {
            return Cause.TOO_MANY_STREAMS;
        }
        return code == ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode() ? Cause.PROTOCOL_NOT_SUPPORTED : Cause.RESET;
    }
}
