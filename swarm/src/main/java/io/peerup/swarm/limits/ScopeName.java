package io.peerup.swarm.limits;

import io.peerup.swarm.ProtocolId;

/**
 * Which scope.
 *
 * @param id tells it from others of its kind
 */
record ScopeName(ScopeKind kind, Object id) {
    /** The streams of one protocol on one connection. */
    record OnConnection(Holding connection, ProtocolId protocol) {}
}
