package io.peerup.circuitrelay.netty;

import io.netty.util.concurrent.Future;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A circuit: two streams joined, each byte of one written to the other, FIN and reset passed on. Ends both when the
 * limit is reached. Its fields belong to the loop of the hop stream.
 *
 * <p>When a direction has carried what it may, its receiver sees FIN after the last byte of it, and both streams are
 * reset a little later unless their owners have ended them, as go-libp2p's do. When the time is over both are reset.
 */
final class Splice {
    /** How long a circuit that has carried what it may is left to its ends, so that the last bytes arrive. */
    static final long LAST_BYTES_SECONDS = 5;

    private static final long LIMIT_CODE = ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode();

    private final MuxedStream hop;
    private final MuxedStream stop;
    private final Runnable ended;
    private final List<Future<?>> timers = new ArrayList<>(2);
    private int open = 2;

    private Splice(MuxedStream hop, MuxedStream stop, Runnable ended) {
        this.hop = hop;
        this.stop = stop;
        this.ended = ended;
    }

    /**
     * Joins two ends; on the loop of {@code hop}.
     *
     * @param ended called once, on that loop, when both streams are over
     */
    static void join(SpliceEnd hop, SpliceEnd stop, Optional<ConnectionLimit> limit, Runnable ended) {
        Splice splice = new Splice(hop.stream(), stop.stream(), ended);
        splice.watch();
        limit.flatMap(ConnectionLimit::duration).ifPresent(duration -> splice.endAfter(duration.toNanos()));
        long maxBytes = limit.flatMap(ConnectionLimit::dataBytes).orElse(Long.MAX_VALUE);
        hop.join(splice.stop, maxBytes, splice::spent);
        Loops.run(splice.stop, () -> stop.join(splice.hop, maxBytes, () -> Loops.run(splice.hop, splice::spent)));
    }

    private void watch() {
        hop.closed().thenAccept(why -> over(why, stop));
        stop.closed().thenAccept(why -> Loops.run(hop, () -> over(why, hop)));
    }

    private void over(CloseReason why, MuxedStream other) {
        switch (why) {
            case CloseReason.Finished() -> {}
            case CloseReason.Remote(long code) -> other.reset(code);
            case CloseReason.Local(long code) -> other.reset(code);
            case CloseReason.Violated violated -> other.reset(ErrorCode.NONE.streamCode());
            case CloseReason.TimedOut timedOut -> other.reset(ErrorCode.NONE.streamCode());
            case CloseReason.RelayLimitReached limit -> other.reset(LIMIT_CODE);
            case CloseReason.Failed failed -> other.reset(ErrorCode.NONE.streamCode());
        }
        if (--open == 0) {
            timers.forEach(timer -> timer.cancel(false));
            ended.run();
        }
    }

    private void spent() {
        if (open > 0) {
            endAfter(TimeUnit.SECONDS.toNanos(LAST_BYTES_SECONDS));
        }
    }

    private void endAfter(long nanos) {
        timers.add(hop.channel().eventLoop().schedule(this::endBoth, nanos, TimeUnit.NANOSECONDS));
    }

    private void endBoth() {
        hop.reset(LIMIT_CODE);
        stop.reset(LIMIT_CODE);
    }
}
