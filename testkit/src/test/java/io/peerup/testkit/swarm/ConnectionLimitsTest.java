package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.SwarmEvent.ConnectionOpened;
import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ScopeKind;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.wire.Identity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connections are let in, and which is used. */
class ConnectionLimitsTest {
    private static final Identity PEER = Identity.generate();
    private static final ResourceLimits LIMITS =
            ResourceLimits.unlimited().withPeer(ScopeLimits.unlimited().withConnections(2, ScopeLimits.UNLIMITED));
    private static final CloseReason FULL = new CloseReason.Local(0x1001);

    private final SimNode node =
            new SimNode(SwarmConfig.defaults().withLimits(LIMITS), ConnectionGater.open()).listening();

    @AfterEach
    void discard() {
        node.transport.connections.forEach(FakeMuxed::discard);
    }

    @Test
    void aPeerHasNoMoreConnectionsThanItMay() {
        FakeMuxed first = node.accept(PEER);
        node.acceptLimited(PEER);
        assertThat(node.accept(PEER).reason()).isEqualTo(FULL);
        assertThat(node.heard(ConnectionOpened.class)).hasSize(2);

        first.ends(0);
        assertThat(node.accept(PEER).isOpen()).isTrue();
        assertThat(node.accept(Identity.generate()).isOpen()).isTrue();
    }

    @Test
    void aRefusalIsCountedAndLeavesNothingBehind() {
        node.accept(PEER);
        node.accept(PEER);
        node.accept(PEER);
        assertThat(node.swarm.resources().refusals())
                .isEqualTo(Map.of(ScopeKind.PEER, Map.of(Resource.INBOUND_CONNECTIONS, 1L)));
        assertThat(node.swarm.resources().held()).containsEntry(Resource.INBOUND_CONNECTIONS, 2L);
        assertThat(node.swarm.resources().heldUnderWay()).containsEntry(Resource.INBOUND_CONNECTIONS, 0L);

        discard();
        assertThat(node.swarm.resources().held().values()).containsOnly(0L);
        assertThat(node.swarm.resources().sharedScopes()).isZero();
    }

    @Test
    void whatWeDialIsNotCountedAgainstThePeer() {
        node.accept(PEER);
        node.accept(PEER);
        var address = SimNode.address("/ip4/10.0.0.1/tcp/1");
        node.dial(PEER.peerId(), address);
        assertThat(node.transport.dial(address).reaches(PEER, Optional.empty()).isOpen())
                .isTrue();
    }

    @Test
    void aStreamOfARefusedConnectionIsResetAndDoesNoHarm() {
        node.accept(PEER);
        node.accept(PEER);
        assertThat(node.accept(PEER).opensStream().resetCode()).hasValue(ErrorCode.SHUTDOWN.streamCode());
    }

    @Test
    void directBeatsRelayedAndUnlimitedBeatsLimitedAndThenTheNewestWins() {
        SimNode roomy = SimNode.open().listening();
        roomy.acceptLimited(PEER);
        Connection limited = roomy.newest();
        assertThat(limited.limit()).isPresent();
        assertThat(best(roomy)).isEqualTo(limited);

        roomy.accept(PEER, SimNode.circuit(), Optional.empty());
        Connection circuit = roomy.newest();
        assertThat(best(roomy)).isEqualTo(circuit);

        roomy.accept(PEER);
        Connection direct = roomy.newest();
        assertThat(best(roomy)).isEqualTo(direct);

        roomy.strands.advance(Duration.ofSeconds(1));
        roomy.accept(PEER);
        assertThat(best(roomy)).isEqualTo(roomy.newest()).isNotEqualTo(direct);
        roomy.strands.advance(Duration.ofSeconds(1));
        roomy.acceptLimited(PEER);
        assertThat(best(roomy)).isNotEqualTo(roomy.newest());
    }

    private static Connection best(SimNode node) {
        return ((DialOutcome.Connected)
                        node.swarm.connect(PEER.peerId()).toCompletableFuture().resultNow())
                .connection();
    }
}
