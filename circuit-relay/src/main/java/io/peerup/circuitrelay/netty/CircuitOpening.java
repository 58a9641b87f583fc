package io.peerup.circuitrelay.netty;

import io.netty.util.concurrent.Future;
import io.peerup.circuitrelay.CircuitRequest;
import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.Peer;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.StopCodec;
import io.peerup.circuitrelay.StopMessage;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit that is asked for and not yet there. Its fields belong to the loop of the hop stream; what concerns the
 * stop stream happens on that one's loop.
 */
final class CircuitOpening implements CircuitRequest {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitOpening.class);

    private final MuxedStream hop;
    private final Connection from;
    private final PeerId destination;
    private final RelayLimits limits;
    private final SpliceEnd hopEnd;
    private Optional<ConnectionLimit> limit = Optional.empty();
    private Runnable ended = () -> {};
    private boolean decided;
    private @Nullable MuxedStream stop;
    private @Nullable Future<?> deadline;

    /** A request that was just read; on the event loop of the hop stream, whose reading pauses. */
    CircuitOpening(MuxedStream hop, Connection from, PeerId destination, RelayLimits limits) {
        this.hop = hop;
        this.from = from;
        this.destination = destination;
        this.limits = limits;
        this.hopEnd = SpliceEnd.hold(hop, limits.circuitBufferBytes());
        hop.closed().thenRun(this::abandon);
    }

    @Override
    public Connection from() {
        return from;
    }

    @Override
    public PeerId destination() {
        return destination;
    }

    @Override
    public void refuse(StatusCode why) {
        Loops.run(hop, () -> decideAgainst(why));
    }

    @Override
    public void connect(Connection to, Optional<ConnectionLimit> agreed, Runnable whenEnded) {
        if (!Loops.run(hop, () -> begin(to, agreed, whenEnded))) {
            whenEnded.run();
        }
    }

    private void begin(Connection to, Optional<ConnectionLimit> agreed, Runnable whenEnded) {
        if (decided) {
            whenEnded.run();
            return;
        }
        if (!from.memory().reserve(bufferBytes())) {
            whenEnded.run();
            decideAgainst(StatusCode.RESOURCE_LIMIT_EXCEEDED);
            return;
        }
        limit = agreed;
        ended = () -> {
            from.memory().release(bufferBytes());
            whenEnded.run();
        };
        deadline = hop.channel()
                .eventLoop()
                .schedule(
                        () -> decideAgainst(StatusCode.CONNECTION_FAILED),
                        limits.connectTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        to.openStream(List.of(StopProtocol.ID), LimitedConnections.REFUSED, opened -> announce(opened.stream()))
                .whenComplete((stream, failure) -> Loops.run(hop, () -> {
                    if (failure != null) {
                        LOG.debug("no circuit to {}: {}", destination, OneLine.of(failure));
                        decideAgainst(StatusCode.CONNECTION_FAILED);
                    } else {
                        opened(stream);
                    }
                }));
    }

    /** Both directions. */
    private long bufferBytes() {
        return 2L * limits.circuitBufferBytes();
    }

    private void opened(MuxedStream stream) {
        stopDeadline();
        if (decided && stop == null) {
            stream.reset(ErrorCode.NONE.streamCode());
        }
        stop = stream;
    }

    // ── on the loop of the stop stream ──

    private MuxedStream announce(MuxedStream stream) {
        FirstMessage.of(stream, limits.stopTimeout())
                .whenComplete((answer, failure) -> answered(stream, answer, failure));
        LastMessage.send(stream, StopCodec.encode(new StopMessage.Connect(Peer.of(from.remotePeer()), limit)));
        return stream;
    }

    private void answered(MuxedStream stream, byte @Nullable [] answer, @Nullable Throwable failure) {
        if (answer != null && accepts(answer)) {
            SpliceEnd stopEnd = SpliceEnd.hold(stream, limits.circuitBufferBytes());
            Loops.run(hop, () -> join(stopEnd));
            return;
        }
        if (failure != null) {
            LOG.debug("no circuit to {}: {}", destination, OneLine.of(failure));
        }
        stream.reset(ErrorCode.NONE.streamCode());
        Loops.run(hop, () -> decideAgainst(StatusCode.CONNECTION_FAILED));
    }

    private boolean accepts(byte[] answer) {
        try {
            StopMessage message = StopCodec.decode(answer);
            LOG.debug("{} answers {}", destination, message);
            return message instanceof StopMessage.Status(StatusCode status) && status.isOk();
        } catch (ProtocolViolation violation) {
            LOG.debug("no circuit to {}: {}", destination, violation.getMessage());
            return false;
        }
    }

    // ── the decision ──

    private void join(SpliceEnd stopEnd) {
        if (decided) {
            stopEnd.stream().reset(ErrorCode.NONE.streamCode());
            return;
        }
        decided = true;
        HopMessage answer = new HopMessage.Status(StatusCode.OK, Optional.empty(), limit);
        LastMessage.send(hop, HopCodec.encode(answer));
        Splice.join(hopEnd, stopEnd, limit, ended);
    }

    private void decideAgainst(StatusCode why) {
        if (!decided) {
            abandon();
            LastMessage.sendAndFinish(hop, HopCodec.encode(HopMessage.Status.of(why)));
        }
    }

    /** The circuit will not be, because of a decision or because the one who asked has gone. */
    private void abandon() {
        if (decided) {
            return;
        }
        decided = true;
        stopDeadline();
        if (stop != null) {
            stop.reset(ErrorCode.NONE.streamCode());
        }
        ended.run();
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
