package io.peerup.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.UpgradeFailed.Stage;
import io.peerup.swarm.UpgradeRig.Case;
import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ScopeKind;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {
    private static final String HEADER = "\23/multistream/1.0.0\n";
    private static final String SECURITY = "\17/fake/security\n";
    private static final String MUXER = "\14/fake/muxer\n";

    private final UpgradeRig rig = new UpgradeRig(ConnectionGater.open());

    @Test
    void aDialerProposesProvesAndMultiplexes() throws Exception {
        Case dialed = rig.begin(Direction.OUTBOUND, Optional.of(UpgradeRig.PEER.peerId()));
        assertThat(dialed.sent()).isEqualTo(HEADER + SECURITY);
        dialed.receive(HEADER + SECURITY);
        rig.security.prove(Optional.empty());
        assertThat(dialed.sent()).isEqualTo(HEADER + MUXER);
        dialed.receive(HEADER + MUXER);

        UpgradedConnection upgraded = dialed.result().get();
        assertThat(upgraded.remotePeer()).isEqualTo(UpgradeRig.PEER.peerId());
        assertThat(upgraded.muxerId()).isEqualTo(UpgradeRig.MUXER);
        assertThat(upgraded.earlyMuxer()).isFalse();
        assertThat(rig.muxer.attached).containsExactly(Role.INITIATOR);
        dialed.end();
    }

    @Test
    void aMuxerThatTheHandshakeAgreedOnIsNotNegotiated() throws Exception {
        Case accepted = secured();
        rig.security.prove(Optional.of(UpgradeRig.MUXER));
        assertThat(accepted.result().get().earlyMuxer()).isTrue();
        assertThat(accepted.sent()).isEqualTo(HEADER + SECURITY);
        assertThat(rig.muxer.attached).containsExactly(Role.RESPONDER);
        accepted.end();
    }

    @Test
    void nothingOfAnUpgradeOutlivesItsDeadline() {
        Case accepted = secured();
        accepted.pass(UpgradeRig.PATIENCE.minusSeconds(1));
        assertThat(accepted.result()).isNotDone();
        accepted.pass(Duration.ofSeconds(1));
        assertThat(accepted.failure()).hasMessage("nothing agreed within 15 s");
        assertThat(accepted.channel().isOpen()).isFalse();

        // A circuit lingers after it was closed, and the handshake may still end well.
        rig.security.prove(Optional.of(UpgradeRig.MUXER));
        assertThat(rig.muxer.attached).isEmpty();
        accepted.end();
    }

    @Test
    void aDeadlineEndsWithTheUpgrade() {
        Case accepted = secured();
        rig.security.prove(Optional.of(UpgradeRig.MUXER));
        accepted.pass(Duration.ofHours(1));
        assertThat(accepted.channel().isOpen()).isTrue();
        accepted.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: relay.example\r\nUser-Agent: a browser that is lost\r\nAccept: */*\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000 and so on, a greeting of TLS",
                "\u0000\u0000\u0000\u0000",
                "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u0001",
                "\23/multistream/2.0.0\n",
                "\23/multistream/1.0.0\n\u0005\u00ff\u00fe\u00ff\u00fe\n"
            })
    void whoeverSpeaksSomethingElseIsClosedAtOnce(String garbage) {
        Case accepted = rig.begin(Direction.INBOUND, Optional.empty());
        accepted.receive(garbage);
        assertThat(accepted.failure().stage()).isEqualTo(Stage.SECURITY);
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void whoeverKeepsProposingIsClosed() {
        Case accepted = rig.begin(Direction.INBOUND, Optional.empty());
        accepted.receive(HEADER + "\7/tls/1\n".repeat(1000));
        assertThat(accepted.failure()).hasMessageContaining("TOO_MANY_PROPOSALS");
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void aResponderThatRefusesEverythingIsLeft() {
        Case dialed = rig.begin(Direction.OUTBOUND, Optional.of(UpgradeRig.PEER.peerId()));
        dialed.receive(HEADER + "\3na\n".repeat(1000));
        assertThat(dialed.failure()).hasMessage("the peer does not speak /fake/security");
        assertThat(dialed.channel().isOpen()).isFalse();
        dialed.end();
    }

    @Test
    void aConnectionThatEndsMidwayEndsTheUpgrade() {
        Case accepted = secured();
        accepted.channel().close();
        assertThat(accepted.failure()).hasMessage("the connection was closed");
        accepted.end();
    }

    @Test
    void aHandshakeThatFailsClosesTheChannel() {
        Case accepted = secured();
        rig.security.handshakes.getLast().completeExceptionally(new ClosedChannelException());
        assertThat(accepted.failure().stage()).isEqualTo(Stage.SECURITY);
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void somebodyElseIsNotConnectedToEvenIfTheHandshakeDidNotMind() {
        PeerId meant = Identity.generate().peerId();
        Case dialed = rig.begin(Direction.OUTBOUND, Optional.of(meant));
        dialed.receive(HEADER + SECURITY);
        rig.security.prove(Optional.of(UpgradeRig.MUXER));
        assertThat(dialed.failure()).hasMessage("somebody else is there: " + UpgradeRig.PEER.peerId());
        assertThat(rig.muxer.attached).isEmpty();
        assertThat(dialed.channel().isOpen()).isFalse();
        dialed.end();
    }

    @Test
    void aMuxerThatWasNeverOfferedEndsTheUpgrade() {
        Case accepted = secured();
        rig.security.prove(Optional.of(ProtocolId.of("/mplex/6.7.0")));
        assertThat(accepted.failure()).hasMessageContaining("/mplex/6.7.0");
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void whomTheGateDoesNotKnowGetsNoMuxer() {
        UpgradeRig gated = new UpgradeRig(new ConnectionGater() {
            @Override
            public boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
                return false;
            }
        });
        Case accepted = secured(gated);
        gated.security.prove(Optional.of(UpgradeRig.MUXER));
        assertThat(accepted.failure().stage()).isEqualTo(Stage.GATE);
        assertThat(accepted.failure()).hasMessage(UpgradeRig.PEER.peerId() + " is not let in");
        assertThat(gated.muxer.attached).isEmpty();
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void whomTheGateTurnsAwayInTheEndIsToldSo() {
        UpgradeRig gated = new UpgradeRig(new ConnectionGater() {
            @Override
            public boolean allowsUpgraded(UpgradedConnection connection) {
                return false;
            }
        });
        Case accepted = secured(gated);
        gated.security.prove(Optional.of(UpgradeRig.MUXER));
        assertThat(accepted.failure().stage()).isEqualTo(Stage.GATE);
        assertThat(gated.muxer.closedWith).containsExactly(0x1007L);
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void aGateThatFailsIsShut() {
        UpgradeRig broken = new UpgradeRig(new ConnectionGater() {
            @Override
            public boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
                throw new IllegalStateException("the list is gone");
            }
        });
        Case accepted = secured(broken);
        broken.security.prove(Optional.of(UpgradeRig.MUXER));
        assertThat(accepted.failure()).hasMessage("the list is gone");
        assertThat(accepted.channel().isOpen()).isFalse();
        accepted.end();
    }

    @Test
    void strangersUnderWayAreBounded() {
        List<Case> silent = new ArrayList<>();
        for (int i = 0; i < UpgradeRig.MAX_STRANGERS; i++) {
            silent.add(rig.begin(Direction.INBOUND, Optional.empty()));
        }
        Case tooMany = rig.begin(Direction.INBOUND, Optional.empty());
        assertThat(tooMany.failure().stage()).isEqualTo(Stage.ACCEPT);
        assertThat(tooMany.channel().isOpen()).isFalse();
        assertThat(rig.begin(Direction.OUTBOUND, Optional.empty()).result()).isNotDone();

        silent.getFirst().channel().close();
        Case next = rig.begin(Direction.INBOUND, Optional.empty());
        assertThat(next.result()).isNotDone();
        silent.forEach(Case::end);
        next.end();
        assertThat(rig.resources.held()).containsEntry(Resource.INBOUND_CONNECTIONS, 0L);
        assertThat(rig.resources.refusals())
                .isEqualTo(Map.of(ScopeKind.UNDER_WAY, Map.of(Resource.INBOUND_CONNECTIONS, 1L)));
    }

    private Case secured() {
        return secured(rig);
    }

    /** A connection that came in and agreed on the security protocol. */
    private static Case secured(UpgradeRig rig) {
        Case accepted = rig.begin(Direction.INBOUND, Optional.empty());
        accepted.receive(HEADER + SECURITY);
        return accepted;
    }
}
