package io.peerup.swarm.limits;

/**
 * Connections that may have come in at once from one place on the network; each at least 1.
 *
 * @param perIpv4Address default 8, as go-libp2p
 * @param perIpv6Subnet56 default 8, as go-libp2p
 * @param perIpv6Subnet48 default 64, as go-libp2p
 * @param loopbackIsExempt default true: whoever is on this machine is not a stranger behind an address
 */
public record AddressLimits(long perIpv4Address, long perIpv6Subnet56, long perIpv6Subnet48, boolean loopbackIsExempt) {
    /** Rejects nonsense. */
    public AddressLimits {
        if (perIpv4Address < 1 || perIpv6Subnet56 < 1 || perIpv6Subnet48 < 1) {
            throw new IllegalArgumentException("at least 1 connection must be able to come in from an address");
        }
    }

    /** The defaults named above. */
    public static AddressLimits defaults() {
        return new AddressLimits(8, 8, 64, true);
    }

    /** No limits. */
    public static AddressLimits unlimited() {
        return new AddressLimits(ScopeLimits.UNLIMITED, ScopeLimits.UNLIMITED, ScopeLimits.UNLIMITED, true);
    }

    /** The same, also for loopback. */
    public AddressLimits alsoOnLoopback() {
        return new AddressLimits(perIpv4Address, perIpv6Subnet56, perIpv6Subnet48, false);
    }
}
