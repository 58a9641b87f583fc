package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.SwarmConfig;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SharedDialsTest {
    private static final Identity PEER = Identity.generate();
    private static final Multiaddr ONE = SimNode.address("/ip4/10.0.0.1/tcp/1");
    private static final Multiaddr OTHER = SimNode.address("/ip4/10.0.0.1/tcp/2");

    private final SimNode node = SimNode.open();

    @Test
    void dialsToOnePeerAtTheSameTimeAreOne() {
        CompletableFuture<DialOutcome> first = node.dial(PEER.peerId(), ONE);
        CompletableFuture<DialOutcome> second = node.dial(PEER.peerId(), ONE.withPeerId(PEER.peerId()));
        assertThat(node.transport.dials).hasSize(1);
        node.transport.dial(ONE).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();
        assertThat(second.resultNow()).isEqualTo(first.resultNow());
        assertThat(node.swarm.connections(PEER.peerId())).hasSize(1);
    }

    @Test
    void whoLosesPatienceLeavesTheOthersTheirDial() {
        CompletableFuture<DialOutcome> first = node.dial(PEER.peerId(), ONE);
        CompletableFuture<DialOutcome> second = node.dial(PEER.peerId(), ONE);
        second.cancel(true);
        node.transport.dial(ONE).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();
        assertThat(first).isCompletedWithValueMatching(DialOutcome.Connected.class::isInstance);
    }

    @Test
    void whoKnowsAnotherAddressGoesOnWithItWhenTheFirstDialFails() {
        CompletableFuture<DialOutcome> first = node.dial(PEER.peerId(), ONE);
        CompletableFuture<DialOutcome> second = node.dial(PEER.peerId(), ONE, OTHER);
        node.transport.dial(ONE).fails("connection refused");
        node.strands.runUntilIdle();
        assertThat(first).isCompletedWithValueMatching(DialOutcome.Failed.class::isInstance);
        assertThat(node.transport.underWay()).containsExactly(OTHER);

        node.transport.dial(OTHER).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();
        assertThat(second).isCompletedWithValueMatching(DialOutcome.Connected.class::isInstance);
    }

    @Test
    void whoWantsADirectConnectionIsNotPutOffWithACircuit() {
        CompletableFuture<DialOutcome> any = node.dial(PEER.peerId(), SimNode.circuit());
        CompletableFuture<DialOutcome> direct = node.dial(PEER.peerId(), ONE);
        node.transport.dial(SimNode.circuit()).reaches(PEER, SimNode.LIMITED);
        node.strands.runUntilIdle();
        assertThat(any).isCompletedWithValueMatching(DialOutcome.Connected.class::isInstance);
        assertThat(direct).isNotDone();

        node.transport.dial(ONE).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();
        assertThat(direct)
                .isCompletedWithValueMatching(end -> end instanceof DialOutcome.Connected connected
                        && !connected.connection().isRelayed());
    }

    @Test
    void whoIsConnectedIsNotDialedAgain() {
        node.listening().accept(PEER);
        node.swarm.addressBook().add(PEER.peerId(), List.of(ONE), Duration.ofHours(1), node.strands.nanoTime());
        assertThat(node.swarm.connect(PEER.peerId()).toCompletableFuture())
                .isCompletedWithValue(new DialOutcome.Connected(node.newest(), false));
        assertThat(node.transport.dials).isEmpty();
    }

    @Test
    void aGateThatFailsOnceDoesNotStopLaterDials() {
        AtomicBoolean broken = new AtomicBoolean(true);
        SimNode gated = new SimNode(SwarmConfig.defaults(), new ConnectionGater() {
            @Override
            public boolean allowsDial(PeerId peer, Multiaddr address) {
                if (broken.get()) {
                    throw new IllegalStateException("the list is gone");
                }
                return true;
            }
        });
        assertThatThrownBy(() -> gated.dial(PEER.peerId(), ONE)).hasMessage("the list is gone");
        broken.set(false);
        gated.dial(PEER.peerId(), ONE);
        assertThat(gated.transport.underWay()).containsExactly(ONE);
    }

    @Test
    void whomTheGateForbidsIsNotDialed() {
        SimNode gated = new SimNode(SwarmConfig.defaults(), new ConnectionGater() {
            @Override
            public boolean allowsDial(PeerId peer) {
                return false;
            }
        });
        assertThat(gated.dial(PEER.peerId(), ONE)).isCompletedWithValue(new DialOutcome.Gated(PEER.peerId()));
        assertThat(gated.transport.dials).isEmpty();
    }

    @Test
    void aNodeDoesNotDialItself() {
        PeerId self = node.swarm.self();
        assertThat(node.dial(self, ONE)).isCompletedWithValue(new DialOutcome.Itself(self));
    }
}
