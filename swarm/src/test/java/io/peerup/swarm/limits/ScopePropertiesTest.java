package io.peerup.swarm.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Direction;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever is done in whatever order: nothing goes below zero or above a limit, and all of it comes back. */
class ScopePropertiesTest {
    private static final long CONNECTION = ConnectionScope.OPEN_BYTES;
    private static final long STREAM = StreamScope.OPEN_BYTES;
    private static final ScopeLimits SYSTEM = new ScopeLimits(6, 6, 12, 12, 9 * CONNECTION, 9);
    private static final ScopeLimits UNDER_WAY = new ScopeLimits(3, 3, 4, 4, 4 * CONNECTION, 5);
    private static final ResourceLimits TIGHT = new ResourceLimits(
            SYSTEM,
            UNDER_WAY,
            AddressLimits.unlimited().withAtOnce(4, 2, 3),
            new ScopeLimits(2, 2, 5, 5, 4 * CONNECTION, 3),
            ScopeLimits.unlimited().withStreams(3, 3),
            ScopeLimits.unlimited().withStreams(6, 6),
            ScopeLimits.unlimited().withStreams(4, 4).withMemoryBytes(2 * CONNECTION),
            ScopeLimits.unlimited().withMemoryBytes(3 * STREAM));

    private final ScopeRig rig = new ScopeRig(TIGHT);

    @Property(tries = 300)
    void anySequenceStaysWithinTheLimitsAndEndsAtZero(@ForAll long seed, @ForAll @IntRange(max = 200) int steps) {
        ScopeRig fresh = new ScopeRig(TIGHT);
        Story story = new Story(fresh, new SplittableRandom(seed));
        for (int i = 0; i < steps; i++) {
            story.step();
            assertWithin(fresh.scopes.held(), SYSTEM);
            assertWithin(fresh.scopes.heldUnderWay(), UNDER_WAY);
            story.assertSum();
        }
        story.end();
        assertNothingIsHeld(fresh);
    }

    @Test
    void manyThreadsAtOnceLoseNothing() throws Exception {
        int threads = 8;
        CountDownLatch all = new CountDownLatch(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(racer(new SplittableRandom(i), all)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(rig.scopes.refusals()).isNotEmpty();
        assertNothingIsHeld(rig);
    }

    private Callable<Void> racer(RandomGenerator random, CountDownLatch all) {
        return () -> {
            all.countDown();
            all.await();
            Story story = new Story(rig, random);
            for (int i = 0; i < 5000; i++) {
                story.step();
                assertWithin(rig.scopes.held(), SYSTEM);
                assertWithin(rig.scopes.heldUnderWay(), UNDER_WAY);
            }
            story.end();
            return null;
        };
    }

    @Test
    void whoClosesAtTheSameMomentGivesBackOnce() throws Exception {
        ConnectionScope kept = rig.connection(1);
        kept.reserve(7);
        ConnectionScope closed = rig.connection(2);
        closed.reserve(100);
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                pool.execute(closed::close);
            }
        }
        assertThat(rig.held(Resource.MEMORY_BYTES)).isEqualTo(CONNECTION + 7);
        assertThat(rig.held(Resource.INBOUND_CONNECTIONS)).isEqualTo(1);
    }

    private static void assertWithin(Map<Resource, Long> held, ScopeLimits limits) {
        held.forEach(
                (resource, amount) -> assertThat(amount).as(resource.words()).isBetween(0L, limits.of(resource)));
    }

    private static void assertNothingIsHeld(ScopeRig rig) {
        assertThat(rig.scopes.held().values()).containsOnly(0L);
        assertThat(rig.scopes.heldUnderWay().values()).containsOnly(0L);
        assertThat(rig.scopes.sharedScopes()).isZero();
    }

    /** Random steps, and what they must add up to. */
    private static final class Story {
        private static final List<String> PLACES = List.of(
                "/ip4/11.0.0.1/tcp/1",
                "/ip6/2a00::1/tcp/1",
                "/ip6/2a00:0:0:100::1/udp/1/quic-v1",
                "/ip4/127.0.0.1/tcp/1");

        private static final List<PeerId> PEERS = List.of(ScopeRig.peer(1), ScopeRig.peer(2), ScopeRig.peer(3));

        private final ScopeRig rig;
        private final RandomGenerator random;
        private final List<ConnectionScope> strangers = new ArrayList<>();
        private final List<ConnectionScope> connections = new ArrayList<>();
        private final List<StreamScope> negotiated = new ArrayList<>();
        private final List<StreamScope> agreed = new ArrayList<>();
        private final Map<OpenScope, Long> memory = new HashMap<>();

        Story(ScopeRig rig, RandomGenerator random) {
            this.rig = rig;
            this.random = random;
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> connect();
                case 2 -> prove();
                case 3, 4 -> open();
                case 5 -> agree();
                case 6 -> remember();
                default -> close();
            }
        }

        void assertSum() {
            assertThat(rig.held(Resource.INBOUND_CONNECTIONS) + rig.held(Resource.OUTBOUND_CONNECTIONS))
                    .isEqualTo(strangers.size() + connections.size());
            assertThat(rig.held(Resource.INBOUND_STREAMS) + rig.held(Resource.OUTBOUND_STREAMS))
                    .isEqualTo(negotiated.size() + agreed.size());
            assertThat(rig.held(Resource.MEMORY_BYTES))
                    .isEqualTo(CONNECTION * (strangers.size() + connections.size())
                            + STREAM * (negotiated.size() + agreed.size())
                            + memory.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
        }

        void end() {
            for (List<? extends OpenScope> all : List.of(strangers, connections, negotiated, agreed)) {
                all.forEach(OpenScope::close);
                all.forEach(OpenScope::close);
            }
        }

        private void connect() {
            String place = PLACES.get(random.nextInt(PLACES.size()));
            if (rig.scopes.openConnection(direction(), ScopeRig.address(place))
                    instanceof Admission.Granted<ConnectionScope>(ConnectionScope scope)) {
                strangers.add(scope);
            }
        }

        private void prove() {
            if (!strangers.isEmpty()) {
                ConnectionScope scope = strangers.removeLast();
                if (scope.upgraded(PEERS.get(random.nextInt(PEERS.size()))).isEmpty()) {
                    connections.add(scope);
                } else {
                    scope.close();
                }
            }
        }

        private void open() {
            if (!connections.isEmpty()
                    && connections.get(random.nextInt(connections.size())).openStream(direction())
                            instanceof Admission.Granted<StreamScope>(StreamScope scope)) {
                negotiated.add(scope);
            }
        }

        private void agree() {
            if (!negotiated.isEmpty()) {
                StreamScope scope = negotiated.removeLast();
                if (scope.agreed(ProtocolId.of("/" + random.nextInt(3)), 2).isEmpty()) {
                    agreed.add(scope);
                } else {
                    scope.close();
                }
            }
        }

        private void remember() {
            if (!connections.isEmpty()) {
                OpenScope scope = agreed.isEmpty() || random.nextBoolean() ? connections.getLast() : agreed.getLast();
                long bytes = random.nextInt(2 * (int) STREAM);
                if (scope.reserve(bytes)) {
                    scope.release(bytes / 3);
                    memory.merge(scope, bytes - bytes / 3, Long::sum);
                }
            }
        }

        private void close() {
            List<List<? extends OpenScope>> all = List.of(strangers, connections, negotiated, agreed);
            List<? extends OpenScope> some = all.get(random.nextInt(all.size()));
            if (!some.isEmpty()) {
                OpenScope scope = some.removeLast();
                memory.remove(scope);
                scope.close();
                scope.close();
            }
        }

        private Direction direction() {
            return random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND;
        }
    }
}
