package io.peerup.swarm;

import io.peerup.wire.AddressScope;
import io.peerup.wire.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which address is dialed when: a pure decision. Near addresses go first, one after another a little apart so that a
 * dead one does not hold up the next; circuits through a relay wait while there is something direct to try.
 *
 * @param steps in the order of their delays
 */
record DialPlan(List<Step> steps) {
    /** Between two addresses of the same kind, as go-libp2p does for private ones. */
    static final Duration STAGGER = Duration.ofMillis(30);

    /** Between two public addresses. */
    static final Duration PUBLIC_STAGGER = Duration.ofMillis(250);

    /** How long circuits wait while a public direct address is tried. */
    static final Duration RELAY_DELAY = Duration.ofMillis(500);

    /** Addresses tried per dial; more would only serve somebody who lies about them. */
    static final int MAX_ADDRESSES = 32;

    /** One address and when to dial it, counted from the start. */
    record Step(Multiaddr address, Duration delay) {}

    static DialPlan of(List<Multiaddr> addresses) {
        List<Multiaddr> direct = new ArrayList<>();
        List<Multiaddr> relayed = new ArrayList<>();
        for (Multiaddr address : addresses) {
            (address.isRelayed() ? relayed : direct).add(address);
        }
        direct.sort(Comparator.comparingInt(DialPlan::nearness));
        boolean anyPublic = direct.stream().anyMatch(address -> address.scope() == AddressScope.PUBLIC);

        List<Step> steps = new ArrayList<>();
        Duration at = Duration.ZERO;
        for (Multiaddr address : direct) {
            steps.add(new Step(address, at));
            at = at.plus(address.scope() == AddressScope.PUBLIC ? PUBLIC_STAGGER : STAGGER);
        }
        Duration relayAt = anyPublic ? RELAY_DELAY : at;
        for (Multiaddr address : relayed) {
            steps.add(new Step(address, relayAt));
            relayAt = relayAt.plus(PUBLIC_STAGGER);
        }
        return new DialPlan(steps.stream()
                .sorted(Comparator.comparing(Step::delay))
                .limit(MAX_ADDRESSES)
                .toList());
    }

    private static int nearness(Multiaddr address) {
        return switch (address.scope()) {
            case LOOPBACK -> 0;
            case LINK_LOCAL, PRIVATE -> 1;
            case PUBLIC -> 2;
            case UNSPECIFIED, OTHER -> 3;
        };
    }
}
