package io.peerup.swarm.limits;

import io.peerup.swarm.Direction;
import io.peerup.wire.PeerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection holds, from before its upgrade until it is closed. Its streams hold their own and are closed by
 * whoever opened them.
 */
public final class ConnectionScope extends OpenScope {
    /**
     * What every connection is charged while it is open: one message of a handshake or one packet that is not delivered
     * yet, and what keeps it.
     */
    public static final long OPEN_BYTES = 64 << 10;

    private final Scope own;
    private @Nullable PeerId peer;

    ConnectionScope(ScopeTable table, Holding holding, Scope own) {
        super(table, holding, ScopeKind.CONNECTION);
        this.own = own;
    }

    /**
     * The upgrade is over and proved who is there: from now on this counts against the peer, and no more against what is
     * under way. Called once. Refused when the peer has too much, and then nothing changes; never when it is closed
     * already, for then it holds nothing.
     */
    public Optional<Refusal> upgraded(PeerId remote) {
        return table.locked(() -> {
            if (peer != null) {
                throw new IllegalStateException("the peer is known already");
            }
            if (isOver()) {
                return Optional.<Refusal>empty();
            }
            Optional<Refusal> refusal = enterPeer(holding, remote).map(table::counted);
            if (refusal.isEmpty()) {
                peer = remote;
                table.leave(holding, ScopeKind.UNDER_WAY);
            }
            return refusal;
        });
    }

    /** A stream begins, in either direction. Only once the peer is known. */
    public Admission<StreamScope> openStream(Direction direction) {
        Resource resource = switch (direction) {
            case INBOUND -> Resource.INBOUND_STREAMS;
            case OUTBOUND -> Resource.OUTBOUND_STREAMS;
        };
        return table.locked(() -> {
            Holding stream = new Holding(resource, StreamScope.OPEN_BYTES, 0);
            Optional<Refusal> refusal = over(resource).or(() -> enterAll(stream));
            if (refusal.isPresent()) {
                table.leaveAll(stream);
                return new Admission.Refused<>(table.counted(refusal.get()));
            }
            return new Admission.Granted<>(new StreamScope(table, stream, holding, resource));
        });
    }

    private Optional<Refusal> enterAll(Holding stream) {
        if (peer == null) {
            throw new IllegalStateException("a stream before the peer is known");
        }
        PeerId known = peer;
        return stream.enter(new Scope(new ScopeName(ScopeKind.STREAM, stream), table.limits.stream()))
                .or(() -> stream.enter(own))
                .or(() -> enterPeer(stream, known))
                .or(() -> table.enter(
                        stream, new ScopeName(ScopeKind.UNDER_WAY_OF_PEER, known), table.limits.peerUnderWay()))
                .or(() -> stream.enter(table.underWay))
                .or(() -> stream.enter(table.system));
    }

    private Optional<Refusal> enterPeer(Holding newcomer, PeerId known) {
        return table.enter(newcomer, new ScopeName(ScopeKind.PEER, known), table.limits.peer());
    }
}
