package io.peerup.swarm;

/**
 * What one protocol may cost.
 *
 * @param maxInboundPerConnection streams open at once that the peer of one connection opened; more are reset with
 *     {@link ErrorCode#RESOURCE_LIMIT_EXCEEDED}. At least 1.
 */
public record StreamLimits(int maxInboundPerConnection) {
    /** Rejects nonsense. */
    public StreamLimits {
        if (maxInboundPerConnection < 1) {
            throw new IllegalArgumentException("maxInboundPerConnection must be at least 1");
        }
    }

    /** 256 streams. */
    public static StreamLimits defaults() {
        return new StreamLimits(256);
    }
}
