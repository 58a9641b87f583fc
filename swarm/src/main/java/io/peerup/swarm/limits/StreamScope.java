package io.peerup.swarm.limits;

import io.peerup.swarm.ProtocolId;
import java.util.Optional;

/** What one stream holds, until it is closed. */
public final class StreamScope extends OpenScope {
    /** What every stream is charged while it is open: its handlers, and {@link #UNREAD_BYTES}. */
    public static final long OPEN_BYTES = 16 << 10;

    /** What a stream may leave unread for nothing; a muxer reserves whatever is above before it keeps it. */
    public static final long UNREAD_BYTES = 8 << 10;

    private final Holding connection;
    private final Resource counted;
    private boolean agreed;

    StreamScope(ScopeTable table, Holding stream, Holding connection, Resource counted) {
        super(table, stream, ScopeKind.STREAM);
        this.connection = connection;
        this.counted = counted;
    }

    /**
     * The protocol is agreed: from now on this counts against it, and no more against what is under way. Called once.
     * When it is refused the stream is to be closed.
     *
     * @param maxInboundOfConnection how many streams of the protocol the peer of one connection may have open
     */
    public Optional<Refusal> agreed(ProtocolId protocol, long maxInboundOfConnection) {
        ScopeName ofConnection =
                new ScopeName(ScopeKind.PROTOCOL_OF_CONNECTION, new ScopeName.OnConnection(connection, protocol));
        ScopeName ofAll = new ScopeName(ScopeKind.PROTOCOL, protocol);
        ScopeLimits limits = ScopeLimits.unlimited().withStreams(maxInboundOfConnection, ScopeLimits.UNLIMITED);
        return table.locked(() -> over(counted).or(() -> {
            if (agreed) {
                throw new IllegalStateException("the protocol is agreed already");
            }
            agreed = true;
            table.leave(holding, ScopeKind.UNDER_WAY);
            table.leave(holding, ScopeKind.UNDER_WAY_OF_PEER);
            return table.enter(holding, ofConnection, limits)
                    .or(() -> table.enter(holding, ofAll, table.limits.protocol()))
                    .map(table::counted);
        }));
    }
}
