package io.peerup.swarm;

import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.trimming.Watermarks;
import java.time.Duration;

/**
 * How patient a swarm is and what a peer may cost it.
 *
 * @param upgradeTimeout from an accepted or connected socket to a multiplexed connection; default 15 s, as go-libp2p
 * @param dialTimeout for a whole dial over all addresses; default 30 s, so that a circuit may take its time
 * @param negotiationTimeout for agreeing on a stream's protocol; default 10 s
 * @param limits what connections and streams may hold; default {@link ResourceLimits#defaults()}
 * @param watermarks when connections are trimmed; default {@link Watermarks#defaults()}, less on a small machine
 */
public record SwarmConfig(
        Duration upgradeTimeout,
        Duration dialTimeout,
        Duration negotiationTimeout,
        ResourceLimits limits,
        Watermarks watermarks) {
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
    }

    /** The defaults named above. */
    public static SwarmConfig defaults() {
        ResourceLimits limits = ResourceLimits.defaults();
        return new SwarmConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                limits,
                Watermarks.below(limits.system().of(Resource.INBOUND_CONNECTIONS)));
    }

    /** The same with other limits. */
    public SwarmConfig withLimits(ResourceLimits other) {
        return new SwarmConfig(upgradeTimeout, dialTimeout, negotiationTimeout, other, watermarks);
    }

    /** The same with other watermarks. */
    public SwarmConfig withWatermarks(Watermarks other) {
        return new SwarmConfig(upgradeTimeout, dialTimeout, negotiationTimeout, limits, other);
    }
}
