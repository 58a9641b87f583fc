package io.peerup.identify;

import io.peerup.wire.PeerId;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often others may push to us, as go-libp2p 0.47 limits it: per network, since identities cost nothing, and all
 * together; loopback is not limited. A peer that comes through a relay has no network to be told by and is counted by
 * itself. For one thread; time is an argument.
 */
public final class PushRate {
    static final Limit ALL = new Limit(2000, 3000);
    static final Limit SMALL_NETWORK = new Limit(0.2, 10);
    static final Limit LARGE_NETWORK = new Limit(0.5, 20);

    /** Beyond it the network that was quiet longest is forgotten, and with it that it was limited. */
    static final int MAX_BUCKETS = 4096;

    private static final int IPV4_SMALL_PREFIX_BYTES = 3;
    private static final int IPV6_SMALL_PREFIX_BYTES = 7;
    private static final int IPV6_LARGE_PREFIX_BYTES = 6;

    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
    private final TokenBucket all = new TokenBucket(ALL.perSecond, ALL.burst);

    /**
     * A limit.
     *
     * @param perSecond pushes in the long run
     * @param burst pushes at once
     */
    record Limit(double perSecond, int burst) {}

    /**
     * Whether a push is listened to; if so it counts.
     *
     * @param from where the peer is, empty behind a relay
     * @param nowNanos monotonic
     */
    public boolean admits(PeerId peer, Optional<InetAddress> from, long nowNanos) {
        if (from.isPresent() && from.get().isLoopbackAddress()) {
            return true;
        }
        List<TokenBucket> concerned =
                from.map(this::networks).orElseGet(() -> List.of(bucket(peer.toString(), SMALL_NETWORK)));
        boolean admitted = all.holdsOne(nowNanos) && concerned.stream().allMatch(bucket -> bucket.holdsOne(nowNanos));
        if (admitted) {
            all.takeOne();
            concerned.forEach(TokenBucket::takeOne);
        }
        return admitted;
    }

    int buckets() {
        return buckets.size();
    }

    private List<TokenBucket> networks(InetAddress address) {
        if (address instanceof Inet4Address) {
            return List.of(bucket(prefix(address, IPV4_SMALL_PREFIX_BYTES), SMALL_NETWORK));
        }
        return List.of(
                bucket(prefix(address, IPV6_LARGE_PREFIX_BYTES), LARGE_NETWORK),
                bucket(prefix(address, IPV6_SMALL_PREFIX_BYTES), SMALL_NETWORK));
    }

    private TokenBucket bucket(String name, Limit limit) {
        TokenBucket bucket = buckets.computeIfAbsent(name, unknown -> new TokenBucket(limit.perSecond, limit.burst));
        if (buckets.size() > MAX_BUCKETS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }

    private static String prefix(InetAddress address, int bytes) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), bytes));
    }
}
