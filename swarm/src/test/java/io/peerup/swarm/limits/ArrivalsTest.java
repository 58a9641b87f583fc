package io.peerup.swarm.limits;

import static io.peerup.swarm.limits.ScopeRig.granted;
import static io.peerup.swarm.limits.ScopeRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How often connections may come in from one place on the network. */
class ArrivalsTest {
    private static final AddressLimits LIMITS = AddressLimits.defaults().withAtOnce(1000, 1000, 1000);

    private final ScopeRig rig = new ScopeRig(ResourceLimits.unlimited().withAddresses(LIMITS));

    @Test
    void anAddressMayConnectSixteenTimesAndThenEveryFiveSeconds() {
        comeAndGo("/ip4/11.0.0.2/tcp/1", 16);
        assertThat(refused(rig.from("/ip4/11.0.0.2/tcp/2")))
                .isEqualTo(new Refusal(ScopeKind.IPV4_ADDRESS, Resource.NEW_CONNECTIONS, 16));
        comeAndGo("/ip4/11.0.0.3/tcp/1", 1);

        pass(Duration.ofMillis(4999));
        refused(rig.from("/ip4/11.0.0.2/tcp/3"));
        pass(Duration.ofMillis(1));
        comeAndGo("/ip4/11.0.0.2/tcp/4", 1);
        refused(rig.from("/ip4/11.0.0.2/tcp/5"));
        assertThat(rig.scopes.refusals())
                .isEqualTo(Map.of(ScopeKind.IPV4_ADDRESS, Map.of(Resource.NEW_CONNECTIONS, 3L)));
    }

    @Test
    void whoeverWasQuietForEightySecondsHasAllOfItAgain() {
        comeAndGo("/ip4/11.0.0.2/tcp/1", 16);
        pass(Duration.ofSeconds(80));
        comeAndGo("/ip4/11.0.0.2/tcp/1", 16);
        refused(rig.from("/ip4/11.0.0.2/tcp/1"));
    }

    @Test
    void whoeverKnocksAtAClosedDoorDoesNotWaitLonger() {
        comeAndGo("/ip4/11.0.0.2/tcp/1", 16);
        for (int i = 0; i < 1000; i++) {
            refused(rig.from("/ip4/11.0.0.2/tcp/1"));
        }
        pass(Duration.ofSeconds(5));
        comeAndGo("/ip4/11.0.0.2/tcp/1", 1);
    }

    @Test
    void anIpv6CustomerIsOneAndItsSiteIsFive() {
        for (int customer = 0; customer < 5; customer++) {
            for (int host = 0; host < 16; host++) {
                comeAndGo("/ip6/2a00:1:2:" + customer + "0" + host % 10 + "::" + host + "/tcp/1", 1);
            }
        }
        assertThat(refused(rig.from("/ip6/2a00:1:2:9900::1/tcp/1")))
                .isEqualTo(new Refusal(ScopeKind.IPV6_SUBNET_48, Resource.NEW_CONNECTIONS, 80));
        pass(Duration.ofSeconds(2));
        assertThat(refused(rig.from("/ip6/2a00:1:2:100::1/tcp/1")).scope()).isEqualTo(ScopeKind.IPV6_SUBNET_56);
        comeAndGo("/ip6/2a00:1:2:9900::1/tcp/1", 1);
    }

    @Test
    void whatIsRefusedForAnotherReasonIsNoArrival() {
        ScopeRig one = new ScopeRig(ResourceLimits.unlimited().withAddresses(LIMITS.withAtOnce(1, 1, 1)));
        ConnectionScope there = granted(one.from("/ip4/11.0.0.2/tcp/1"));
        for (int i = 0; i < 100; i++) {
            assertThat(refused(one.from("/ip4/11.0.0.2/tcp/1")).resource()).isEqualTo(Resource.INBOUND_CONNECTIONS);
        }
        there.close();
        granted(one.from("/ip4/11.0.0.2/tcp/1"));
    }

    @Test
    void loopbackAndCircuitsMayComeAsTheyLike() {
        for (int i = 0; i < 100; i++) {
            granted(rig.from("/ip4/127.0.0.1/tcp/1"));
            granted(rig.from("/ip4/11.0.0.9/tcp/1/p2p/" + ScopeRig.peer(9) + "/p2p-circuit"));
        }
    }

    @Test
    void aFloodOfAddressesFillsABoundedTable() {
        Arrivals arrivals = new Arrivals();
        for (int i = 0; i < 3 * Arrivals.MAX_PLACES; i++) {
            arrivals.arrived(places("/ip4/11." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + "/tcp/1"), i);
        }
        assertThat(arrivals.places()).isEqualTo(Arrivals.MAX_PLACES);
        arrivals.arrived(places("/ip4/12.0.0.1/tcp/1"), Duration.ofHours(1).toNanos());
        assertThat(arrivals.places()).isEqualTo(1);
    }

    /** However it comes: in no stretch of time are there more than the burst and what that time gives. */
    @Property(tries = 200)
    void noStretchOfTimeHasMoreThanItMay(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int burst) {
        SplittableRandom random = new SplittableRandom(seed);
        long every = Duration.ofSeconds(1 + random.nextInt(5)).toNanos();
        ConnectionRate rate = new ConnectionRate(burst, Duration.ofNanos(every));
        ScopeRig any = new ScopeRig(ResourceLimits.unlimited()
                .withAddresses(AddressLimits.unlimited().withNew(rate, ConnectionRate.unlimited())));
        any.nowNanos = random.nextLong();
        Map<String, List<Long>> arrivals = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            any.nowNanos += random.nextInt(3) == 0 ? random.nextLong(3 * every) : 0;
            String address = "/ip4/11.0.0." + random.nextInt(2) + "/tcp/1";
            List<Long> before = arrivals.computeIfAbsent(address, known -> new ArrayList<>());
            boolean admitted = any.from(address) instanceof Admission.Granted<ConnectionScope>;
            if (admitted) {
                before.add(any.nowNanos);
            }
            assertThat(admitted || before.size() >= burst).isTrue();
            for (int first = 0; first < before.size(); first++) {
                long stretch = before.getLast() - before.get(first);
                assertThat(before.size() - first).isLessThanOrEqualTo(burst + Math.toIntExact(stretch / every));
            }
        }
    }

    private void comeAndGo(String from, int times) {
        for (int i = 0; i < times; i++) {
            granted(rig.from(from)).close();
        }
    }

    private void pass(Duration time) {
        rig.nowNanos += time.toNanos();
    }

    private static List<Place> places(String from) {
        return Place.of(ScopeRig.address(from), LIMITS);
    }
}
