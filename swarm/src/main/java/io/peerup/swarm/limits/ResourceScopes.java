package io.peerup.swarm.limits;

import io.peerup.swarm.Direction;
import io.peerup.wire.Component;
import io.peerup.wire.Multiaddr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts what connections and streams hold, and refuses what would be too much before it is spent. One per node.
 * Methods may be called from any thread, also event loops: each takes a short lock and constant time.
 *
 * <p>What go-libp2p's resource manager does, without its services and without totals over both directions.
 */
public final class ResourceScopes {
    private final ScopeTable table;
    private final LongSupplier nanoClock;

    /**
     * Nothing is held yet.
     *
     * @param nanoClock monotonic; tells how often connections come in
     */
    public ResourceScopes(ResourceLimits limits, LongSupplier nanoClock) {
        this.table = new ScopeTable(limits);
        this.nanoClock = nanoClock;
    }

    /**
     * A connection begins: a stranger, until {@link ConnectionScope#upgraded} says who it is. A socket of its own counts as
     * a file descriptor; a connection that came in counts against the place that it came from. Admitted before there is a
     * socket when we dial.
     *
     * @param remote the other end
     */
    public Admission<ConnectionScope> openConnection(Direction direction, Multiaddr remote) {
        Resource resource = switch (direction) {
            case INBOUND -> Resource.INBOUND_CONNECTIONS;
            case OUTBOUND -> Resource.OUTBOUND_CONNECTIONS;
        };
        List<Place> places = direction == Direction.INBOUND ? Place.of(remote, table.limits.addresses()) : List.of();
        long nowNanos = nanoClock.getAsLong();
        return table.locked(() -> {
            Holding holding = new Holding(resource, ConnectionScope.OPEN_BYTES, hasSocket(remote) ? 1 : 0);
            Scope own = new Scope(new ScopeName(ScopeKind.CONNECTION, holding), table.limits.connection());
            Optional<Refusal> refusal = table.arrivals
                    .obstacle(places, nowNanos)
                    .or(() -> enter(places, holding))
                    .or(() -> holding.enter(table.underWay))
                    .or(() -> holding.enter(table.system))
                    .or(() -> holding.enter(own));
            if (refusal.isPresent()) {
                table.leaveAll(holding);
                return new Admission.Refused<>(table.counted(refusal.get()));
            }
            table.arrivals.arrived(places, nowNanos);
            return new Admission.Granted<>(new ConnectionScope(table, holding, own));
        });
    }

    /** A socket that is no connection to a peer begins: a listener, or one of a proxy to this machine. */
    public Admission<SocketScope> openSocket() {
        return table.locked(() -> {
            Holding holding = new Holding(Resource.FILE_DESCRIPTORS, 0, 1);
            return holding.enter(table.system)
                    .<Admission<SocketScope>>map(refusal -> new Admission.Refused<>(table.counted(refusal)))
                    .orElseGet(() -> new Admission.Granted<>(new SocketScope(table, holding)));
        });
    }

    /** What is held of each resource, all together. */
    public Map<Resource, Long> held() {
        return table.locked(table.system::snapshot);
    }

    /** What is held of each resource by connections and streams that are under way. */
    public Map<Resource, Long> heldUnderWay() {
        return table.locked(table.underWay::snapshot);
    }

    /** How often each kind of scope had no more of a resource, since the start. What never happened is left out. */
    public Map<ScopeKind, Map<Resource, Long>> refusals() {
        return table.locked(table::refusals);
    }

    /** How many peers, protocols, addresses and subnets are counted now; 0 when nobody is connected. */
    public int sharedScopes() {
        return table.locked(table::sharedScopes);
    }

    private Optional<Refusal> enter(List<Place> places, Holding holding) {
        Optional<Refusal> refusal = Optional.empty();
        for (Place place : places) {
            refusal = refusal.or(() -> table.enter(holding, place.name(), place.limits()));
        }
        return refusal;
    }

    private static boolean hasSocket(Multiaddr remote) {
        return !remote.isRelayed() && remote.components().stream().anyMatch(Component.Tcp.class::isInstance);
    }
}
