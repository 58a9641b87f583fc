package io.peerup.swarm;

import java.time.Duration;

/**
 * How patient a swarm is and what a peer may cost it.
 *
 * @param upgradeTimeout from an accepted or connected socket to a multiplexed connection; default 15 s, as go-libp2p
 * @param dialTimeout for a whole dial over all addresses; default 30 s, so that a circuit may take its time
 * @param negotiationTimeout for agreeing on a stream's protocol; default 10 s
 * @param maxInboundStreamsPerConnection streams that one connection's peer may have open; default 1024
 * @param maxInboundConnections connections that came in, of all peers; default 1024
 * @param maxInboundConnectionsPerPeer connections that came in from one peer, also through relays; default 16
 */
public record SwarmConfig(
        Duration upgradeTimeout,
        Duration dialTimeout,
        Duration negotiationTimeout,
        int maxInboundStreamsPerConnection,
        int maxInboundConnections,
        int maxInboundConnectionsPerPeer) {
    /** Rejects nonsense. */
    public SwarmConfig {
        if (upgradeTimeout.isNegative() || upgradeTimeout.isZero()) {
            throw new IllegalArgumentException("upgradeTimeout must be positive");
        }
        if (dialTimeout.isNegative() || dialTimeout.isZero()) {
            throw new IllegalArgumentException("dialTimeout must be positive");
        }
        if (negotiationTimeout.isNegative() || negotiationTimeout.isZero()) {
            throw new IllegalArgumentException("negotiationTimeout must be positive");
        }
        if (maxInboundStreamsPerConnection < 1) {
            throw new IllegalArgumentException("maxInboundStreamsPerConnection must be at least 1");
        }
        if (maxInboundConnections < 1 || maxInboundConnectionsPerPeer < 1) {
            throw new IllegalArgumentException("at least 1 connection must be able to come in");
        }
    }

    /** The defaults named above. */
    public static SwarmConfig defaults() {
        return new SwarmConfig(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(10), 1024, 1024, 16);
    }

    /** The same with another bound on streams. */
    public SwarmConfig withMaxInboundStreamsPerConnection(int streams) {
        return new SwarmConfig(
                upgradeTimeout,
                dialTimeout,
                negotiationTimeout,
                streams,
                maxInboundConnections,
                maxInboundConnectionsPerPeer);
    }

    /** The same with other bounds on connections that come in. */
    public SwarmConfig withMaxInboundConnections(int all, int perPeer) {
        return new SwarmConfig(
                upgradeTimeout, dialTimeout, negotiationTimeout, maxInboundStreamsPerConnection, all, perPeer);
    }
}
