package io.peerup.node.proxy;

/**
 * What local clients may cost a proxy. A client above a limit is reset.
 *
 * @param maxWaiting clients that wait for a stream at once; default 256
 * @param maxOpen clients at once, waiting or served; default 4096
 * @param retry how long one client waits
 */
public record ProxyLimits(int maxWaiting, int maxOpen, RetryPolicy retry) {
    /** Rejects nonsense. */
    public ProxyLimits {
        if (maxWaiting < 1 || maxOpen < 1) {
            throw new IllegalArgumentException("maxWaiting and maxOpen must be at least 1");
        }
    }

    /** The defaults named above. */
    public static ProxyLimits defaults() {
        return new ProxyLimits(256, 4096, RetryPolicy.defaults());
    }
}
