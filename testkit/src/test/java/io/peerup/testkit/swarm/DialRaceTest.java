package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Role;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DialRaceTest {
    private static final Identity PEER = Identity.generate();
    private static final Multiaddr LOCAL = SimNode.address("/ip4/127.0.0.1/tcp/1");
    private static final Multiaddr NEAR = SimNode.address("/ip4/10.0.0.1/tcp/2");
    private static final Multiaddr FAR = SimNode.address("/ip4/11.0.0.3/tcp/3");
    private static final Multiaddr FARTHER = SimNode.address("/ip4/11.0.0.4/tcp/4");

    private final SimNode node = SimNode.open();

    @Test
    void nearAddressesGoFirstAndEachALittleLater() {
        node.dial(PEER.peerId(), SimNode.circuit(), FAR, FARTHER, NEAR, LOCAL);
        assertThat(node.transport.underWay()).containsExactly(LOCAL);
        node.strands.advance(Duration.ofMillis(30));
        assertThat(node.transport.underWay()).containsExactly(LOCAL, NEAR);
        node.strands.advance(Duration.ofMillis(30));
        assertThat(node.transport.underWay()).containsExactly(LOCAL, NEAR, FAR);
        node.strands.advance(Duration.ofMillis(250));
        assertThat(node.transport.underWay()).containsExactly(LOCAL, NEAR, FAR, FARTHER);
    }

    @Test
    void circuitsWaitWhileThereIsAPublicAddressToTry() {
        node.dial(PEER.peerId(), SimNode.circuit(), FAR);
        node.strands.advance(Duration.ofMillis(499));
        assertThat(node.transport.underWay()).containsExactly(FAR);
        node.strands.advance(Duration.ofMillis(1));
        assertThat(node.transport.underWay()).containsExactly(FAR, SimNode.circuit());
    }

    @Test
    void theFirstToAnswerWinsAndTheOthersAreCancelled() {
        CompletableFuture<DialOutcome> outcome = node.dial(PEER.peerId(), LOCAL, NEAR, FAR);
        node.strands.advance(Duration.ofMillis(30));
        node.transport.dial(NEAR).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();

        assertThat(outcome)
                .isCompletedWithValueMatching(end -> end instanceof DialOutcome.Connected connected
                        && connected.fresh()
                        && connected.connection().remote().equals(NEAR));
        assertThat(node.transport.dial(LOCAL).isCancelled()).isTrue();
        node.strands.advance(Duration.ofHours(1));
        assertThat(node.transport.dials).hasSize(2);
        assertThat(node.swarm.connections()).hasSize(1);
    }

    @Test
    void theEndOfTheRaceDoesNotCancelItsWinner() {
        CompletableFuture<DialOutcome> outcome = node.dial(PEER.peerId(), LOCAL);
        node.strands.runUntilIdle();
        node.transport.dial(LOCAL).reaches(PEER, Optional.empty(), node.strands::runUntilIdle);

        assertThat(outcome).isCompletedWithValueMatching(DialOutcome.Connected.class::isInstance);
        assertThat(node.transport.dial(LOCAL).isCancelled()).isFalse();
    }

    @Test
    void oneThatAnswersAtTheSameMomentIsClosed() {
        node.dial(PEER.peerId(), LOCAL, NEAR);
        node.strands.advance(Duration.ofMillis(30));
        FakeMuxed first = node.transport.dial(LOCAL).reaches(PEER, Optional.empty());
        FakeMuxed second = node.transport.dial(NEAR).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();

        assertThat(first.isOpen()).isTrue();
        assertThat(second.reason()).isEqualTo(new CloseReason.Local(0));
        assertThat(node.swarm.connections()).hasSize(1);
    }

    @Test
    void oneThatAnswersAfterItWasCancelledIsClosed() {
        node.dial(PEER.peerId(), LOCAL, NEAR);
        node.strands.advance(Duration.ofMillis(30));
        node.transport.dial(LOCAL).reaches(PEER, Optional.empty());
        node.strands.runUntilIdle();
        assertThat(node.transport.dial(NEAR).reaches(PEER, Optional.empty()).isOpen())
                .isFalse();
    }

    @Test
    void everyAddressSaysWhyItFailed() {
        CompletableFuture<DialOutcome> outcome = node.dial(PEER.peerId(), LOCAL, NEAR);
        node.strands.advance(Duration.ofMillis(30));
        node.transport.dial(NEAR).fails("no route to host");
        node.transport.dial(LOCAL).fails("connection refused");
        node.strands.runUntilIdle();
        assertThat(line(outcome))
                .isEqualTo("cannot reach " + PEER.peerId()
                        + ": /ip4/127.0.0.1/tcp/1 (connection refused); /ip4/10.0.0.1/tcp/2 (no route to host)");
    }

    @Test
    void patienceEndsTheRaceAndNamesEveryAddressThatDidNotAnswer() {
        CompletableFuture<DialOutcome> outcome = node.dial(PEER.peerId(), LOCAL, NEAR);
        node.strands.advance(Duration.ofMillis(30));
        node.transport.dial(LOCAL).fails("connection refused");
        node.strands.advance(Duration.ofSeconds(30));
        assertThat(line(outcome))
                .endsWith("/ip4/127.0.0.1/tcp/1 (connection refused); /ip4/10.0.0.1/tcp/2 (no answer within 30 s)");
        assertThat(node.transport.dial(NEAR).isCancelled()).isTrue();
    }

    @Test
    void aTransportThatThrowsFailsItsAddressOnly() {
        SimNode broken = new SimNode(SwarmConfig.defaults(), ConnectionGater.open());
        broken.swarm.addTransport(new ThrowingOnUdp());
        Multiaddr udp = SimNode.address("/ip4/127.0.0.1/udp/1/quic-v1");
        CompletableFuture<DialOutcome> outcome = broken.dial(PEER.peerId(), udp, NEAR);
        broken.strands.advance(Duration.ofMillis(30));
        broken.transport.dial(NEAR).fails("connection refused");
        broken.strands.runUntilIdle();
        assertThat(line(outcome)).endsWith(udp + " (out of order); " + NEAR + " (connection refused)");
    }

    @Test
    void whatCannotBeDialedSaysWhy() {
        SimNode gated = new SimNode(SwarmConfig.defaults(), new ConnectionGater() {
            @Override
            public boolean allowsDial(PeerId peer, Multiaddr address) {
                return !address.equals(NEAR);
            }
        });
        Multiaddr quic = SimNode.address("/ip4/11.0.0.3/udp/1/quic-v1");
        Multiaddr foreign = FAR.withPeerId(gated.swarm.self());
        assertThat(line(gated.dial(PEER.peerId(), quic, NEAR, foreign)))
                .endsWith(quic + " (no transport for it); " + NEAR + " (may not be dialed); " + foreign
                        + " (is the address of somebody else)");
        assertThat(line(gated.dial(PEER.peerId()))).isEqualTo("no addresses known for " + PEER.peerId());
        assertThat(gated.transport.dials).isEmpty();
    }

    private static String line(CompletableFuture<DialOutcome> outcome) {
        assertThat(outcome).isCompletedWithValueMatching(DialOutcome.Failed.class::isInstance);
        return ((DialOutcome.Failed) outcome.resultNow()).line();
    }

    /** Says that it dials QUIC. */
    private static final class ThrowingOnUdp implements Transport {
        @Override
        public boolean dials(Multiaddr address) {
            return address.tcpAddress().isEmpty() && !address.isRelayed();
        }

        @Override
        public boolean listens(Multiaddr address) {
            return false;
        }

        @Override
        public <T> Attempt<T> dial(Multiaddr address, PeerId peer, Role role, Function<UpgradedConnection, T> adopt) {
            throw new IllegalStateException("out of order");
        }

        @Override
        public CompletionStage<Listener> listen(Multiaddr address, Consumer<UpgradedConnection> accepted) {
            throw new UnsupportedOperationException();
        }
    }
}
