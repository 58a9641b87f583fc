package io.peerup.swarm.trimming;

import io.peerup.swarm.Direction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the connections that are closed when there are too many. As go-libp2p, a connection whose peer is protected or
 * that is new is not touched and fills no place either: of the others as many as the low water stay. So a crowd that comes
 * in at once cannot push out who was there before.
 *
 * <p>Immutable and without a clock: the same connections give the same choice, in whatever order they are given, up to
 * connections of one peer that are alike in every respect.
 */
public class TrimPolicy {
    /** What a peer can bring about by itself, such as an open stream, counts less than what we say by a tag. */
    private static final Comparator<TrimCandidate<?>> LEAST_WORTH_FIRST = Comparator.<TrimCandidate<?>>comparingInt(
                    TrimCandidate::value)
            .thenComparing(candidate -> candidate.streams() > 0)
            .thenComparing(candidate -> !candidate.relayed())
            .thenComparing(candidate -> candidate.direction() == Direction.OUTBOUND)
            .thenComparingInt(TrimCandidate::streams)
            .thenComparingLong(TrimCandidate::ageNanos)
            .thenComparing(TrimCandidate::peer);

    private final Watermarks watermarks;

    /** A policy that keeps to these. */
    public TrimPolicy(Watermarks watermarks) {
        this.watermarks = watermarks;
    }

    /**
     * What to close, first what is worth least: lower value, then no open stream, relayed, dialed by the peer, fewer streams,
     * younger.
     *
     * @param connections all that are open
     */
    public final <C> List<C> select(Collection<TrimCandidate<C>> connections) {
        if (connections.size() <= watermarks.high()) {
            return List.of();
        }
        List<TrimCandidate<C>> spare = connections.stream()
                .filter(this::maySpare)
                .sorted(LEAST_WORTH_FIRST)
                .toList();
        return spare.subList(0, Math.max(0, spare.size() - watermarks.low())).stream()
                .map(TrimCandidate::connection)
                .toList();
    }

    /** Whether a connection may be closed at all. */
    boolean maySpare(TrimCandidate<?> candidate) {
        return !candidate.isProtected() && isPastGrace(candidate);
    }

    /** Whether a connection is no longer new. */
    final boolean isPastGrace(TrimCandidate<?> candidate) {
        return candidate.ageNanos() >= watermarks.grace().toNanos();
    }
}
