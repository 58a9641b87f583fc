package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.SwarmEvent.ConnectionClosed;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.trimming.Watermarks;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A swarm that keeps five connections, gets too many above eight, and leaves new ones alone for a minute. */
class TrimmingTest {
    private static final Watermarks WATERS = Watermarks.defaults().withWater(5, 8);
    private static final CloseReason TRIMMED = new CloseReason.Local(0x1005);
    private static final byte[] PROPOSAL =
            "\23/multistream/1.0.0\n\14/echo/1.0.0\n".getBytes(StandardCharsets.US_ASCII);

    private final List<SimNode> nodes = new ArrayList<>();
    private final SimNode node = node(WATERS);

    @AfterEach
    void discard() {
        nodes.forEach(each -> each.transport.connections.forEach(FakeMuxed::discard));
    }

    @Test
    void asManyAsTheHighWaterStayForEver() {
        crowd(node, 8);
        node.strands.advance(Duration.ofDays(1));
        assertThat(open(node)).hasSize(8);
    }

    @Test
    void oneMoreAndTheLowWaterStaysOnceTheyAreNoLongerNew() {
        List<FakeMuxed> crowd = crowd(node, 9);
        node.strands.advance(Duration.ofSeconds(59));
        assertThat(open(node)).hasSize(9);
        node.strands.advance(Duration.ofSeconds(1));
        assertThat(open(node)).hasSize(5);
        assertThat(crowd.stream().filter(one -> !one.isOpen()).map(FakeMuxed::reason))
                .containsOnly(TRIMMED)
                .hasSize(4);
        assertThat(node.heard(ConnectionClosed.class))
                .extracting(ConnectionClosed::reason)
                .containsOnly(TRIMMED)
                .hasSize(4);
    }

    @Test
    void betweenTwoTrimsAreTenSeconds() {
        SimNode hasty = node(WATERS.withGrace(Duration.ZERO));
        crowd(hasty, 9);
        hasty.strands.runUntilIdle();
        assertThat(open(hasty)).hasSize(5);

        crowd(hasty, 4);
        hasty.strands.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(open(hasty)).hasSize(9);
        hasty.strands.advance(Duration.ofNanos(1));
        assertThat(open(hasty)).hasSize(5);

        hasty.strands.advance(Duration.ofHours(1));
        crowd(hasty, 4);
        hasty.strands.runUntilIdle();
        assertThat(open(hasty)).hasSize(5);
    }

    @Test
    void theProtectedTheBusyAndTheLikedStay() {
        node.swarm.handle(new Served(ProtocolId.of("/echo/1.0.0")));
        Identity guarded = Identity.generate();
        Identity liked = Identity.generate();
        crowd(node, 10);
        FakeMuxed busy = node.accept(Identity.generate());
        busy.opensStream().receive(PROPOSAL);
        FakeMuxed protectedOne = node.acceptLimited(guarded);
        FakeMuxed likedOne = node.acceptLimited(liked);
        FakeMuxed circuit = node.acceptLimited(Identity.generate());
        node.swarm.protections().protect(guarded.peerId(), "relay-reservation");
        node.swarm.tags().tag(liked.peerId(), "friend", 1);

        node.strands.advance(Duration.ofMinutes(1));
        assertThat(open(node)).hasSize(6).contains(busy, protectedOne, likedOne);
        assertThat(circuit.reason()).isEqualTo(TRIMMED);
    }

    @Test
    void aProtectionThatIsOverProtectsNoMore() {
        List<PeerId> crowd = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Identity who = Identity.generate();
            node.accept(who);
            crowd.add(who.peerId());
        }
        long end = node.strands.nanoTime() + Duration.ofHours(1).toNanos();
        crowd.forEach(peer -> node.swarm.protections().protectUntil(peer, "relay-reservation", end));
        node.strands.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(open(node)).hasSize(9);
        node.strands.advance(Duration.ofSeconds(10));
        assertThat(open(node)).hasSize(5);
    }

    @Test
    void whoIsProtectedAtTheLastMomentIsNotCut() {
        crowd(node, 9);
        node.swarm.subscribe(event -> {
            if (event instanceof ConnectionClosed) {
                node.swarm
                        .connections()
                        .forEach(connection ->
                                node.swarm.protections().protect(connection.remotePeer(), "service-stream"));
            }
        });
        node.strands.advance(Duration.ofHours(1));
        assertThat(open(node)).hasSize(8);
    }

    @Test
    void theTagsOfAPeerThatLeftAreForgotten() {
        Identity who = Identity.generate();
        FakeMuxed first = node.accept(who);
        FakeMuxed second = node.accept(who);
        node.swarm.tags().tag(who.peerId(), "friend", 3);
        first.ends(0);
        assertThat(node.swarm.tags().value(who.peerId())).isEqualTo(3);
        second.ends(0);
        assertThat(node.swarm.tags().value(who.peerId())).isZero();
    }

    @Test
    void aSwarmThatWaitsToTrimCanBeClosed() throws InterruptedException {
        crowd(node, 9);
        node.strands.advance(Duration.ofSeconds(5));
        node.swarm.close(Duration.ZERO);
        assertThat(node.transport.connections)
                .extracting(FakeMuxed::reason)
                .containsOnly(new CloseReason.Local(0x1006));
    }

    private SimNode node(Watermarks watermarks) {
        SwarmConfig config =
                SwarmConfig.defaults().withLimits(ResourceLimits.unlimited()).withWatermarks(watermarks);
        SimNode made = new SimNode(config, ConnectionGater.open()).listening();
        nodes.add(made);
        return made;
    }

    private static List<FakeMuxed> crowd(SimNode node, int size) {
        List<FakeMuxed> crowd = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            crowd.add(node.accept(Identity.generate()));
        }
        return crowd;
    }

    private static List<FakeMuxed> open(SimNode node) {
        return node.transport.connections.stream().filter(FakeMuxed::isOpen).toList();
    }
}
