package io.peerup.identify.netty;

import io.peerup.identify.PushRate;
import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a push from this address is still listened to: networks are IPv4 /24 and IPv6 /56, loopback is not limited.
 * Asked from every event loop, briefly and rarely.
 */
final class PushGate {
    private static final int IPV4_PREFIX_BYTES = 3;
    private static final int IPV6_PREFIX_BYTES = 7;

    private final ReentrantLock lock = new ReentrantLock();
    private final PushRate rate = new PushRate();

    /** Counts the push if it is admitted. */
    boolean admits(Multiaddr from, long nowNanos) {
        if (from.scope() == AddressScope.LOOPBACK) {
            return true;
        }
        lock.lock();
        try {
            return rate.admits(network(from), nowNanos);
        } finally {
            lock.unlock();
        }
    }

    private static String network(Multiaddr from) {
        Optional<InetAddress> address = from.tcpAddress().map(InetSocketAddress::getAddress);
        if (address.isEmpty()) {
            return "other";
        }
        int prefix = address.get() instanceof Inet4Address ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES;
        return HexFormat.of().formatHex(Arrays.copyOf(address.get().getAddress(), prefix));
    }
}
