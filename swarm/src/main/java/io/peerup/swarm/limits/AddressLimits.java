package io.peerup.swarm.limits;

import java.time.Duration;

/**
 * Connections that may come in from one place on the network: at once, and anew. The defaults are go-libp2p's.
 *
 * <p>Behind one IPv4 address may be an office or a provider's customers. Eight of its machines can be connected at once, and
 * all eight may lose their connections and come back twice within a minute and a half; who comes too often is refused
 * before anything is spent on it and let in a few seconds later. A node that serves larger sites needs larger numbers. Who
 * is refused does not make the next one wait longer. Connections that we dial and those through relays do not count.
 *
 * @param perIpv4Address at once; default 8
 * @param perIpv6Subnet56 at once; default 8
 * @param perIpv6Subnet48 at once; default 64
 * @param newPerAddress anew from one IPv4 address or one IPv6 /56; default 16, then one each 5 s
 * @param newPerSite anew from one IPv6 /48; default 80, then one each 2 s
 * @param loopbackIsExempt default true: whoever is on this machine is not a stranger behind an address
 */
public record AddressLimits(
        long perIpv4Address,
        long perIpv6Subnet56,
        long perIpv6Subnet48,
        ConnectionRate newPerAddress,
        ConnectionRate newPerSite,
        boolean loopbackIsExempt) {
    /** Rejects nonsense. */
    public AddressLimits {
        if (perIpv4Address < 1 || perIpv6Subnet56 < 1 || perIpv6Subnet48 < 1) {
            throw new IllegalArgumentException("at least 1 connection must be able to come in from an address");
        }
    }

    /** The defaults named above. */
    public static AddressLimits defaults() {
        return new AddressLimits(
                8,
                8,
                64,
                new ConnectionRate(16, Duration.ofSeconds(5)),
                new ConnectionRate(80, Duration.ofSeconds(2)),
                true);
    }

    /** No limits. */
    public static AddressLimits unlimited() {
        ConnectionRate any = ConnectionRate.unlimited();
        return new AddressLimits(ScopeLimits.UNLIMITED, ScopeLimits.UNLIMITED, ScopeLimits.UNLIMITED, any, any, true);
    }

    /** The same with other bounds on what is there at once. */
    public AddressLimits withAtOnce(long ipv4Address, long ipv6Subnet56, long ipv6Subnet48) {
        return new AddressLimits(ipv4Address, ipv6Subnet56, ipv6Subnet48, newPerAddress, newPerSite, loopbackIsExempt);
    }

    /** The same with other bounds on what comes anew. */
    public AddressLimits withNew(ConnectionRate perAddress, ConnectionRate perSite) {
        return new AddressLimits(
                perIpv4Address, perIpv6Subnet56, perIpv6Subnet48, perAddress, perSite, loopbackIsExempt);
    }

    /** The same, also for loopback. */
    public AddressLimits alsoOnLoopback() {
        return new AddressLimits(perIpv4Address, perIpv6Subnet56, perIpv6Subnet48, newPerAddress, newPerSite, false);
    }
}
