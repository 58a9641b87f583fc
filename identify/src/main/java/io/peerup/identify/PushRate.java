package io.peerup.identify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a network may push to us: a token bucket per network, as go-libp2p 0.47 limits them (0.2 per second, bursts
 * of 10). The table is bounded; the network that was quiet longest is forgotten first.
 */
public final class PushRate {
    static final int BURST = 10;
    static final double PER_SECOND = 0.2;
    static final int MAX_NETWORKS = 1024;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** What is left, and when that was true. */
    private record Bucket(double tokens, long atNanos) {}

    /** Takes a token for this network; false when there is none. */
    public boolean admits(String network, long nowNanos) {
        Bucket bucket = buckets.getOrDefault(network, new Bucket(BURST, nowNanos));
        double refilled = bucket.tokens() + (nowNanos - bucket.atNanos()) / NANOS_PER_SECOND * PER_SECOND;
        double tokens = Math.min(BURST, refilled);
        boolean admitted = tokens >= 1;
        buckets.put(network, new Bucket(admitted ? tokens - 1 : tokens, nowNanos));
        if (buckets.size() > MAX_NETWORKS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return admitted;
    }

    int networks() {
        return buckets.size();
    }
}
