package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.Direction;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.SwarmEvent;
import io.peerup.swarm.SwarmEvent.ConnectionClosed;
import io.peerup.swarm.SwarmEvent.ConnectionGated;
import io.peerup.swarm.SwarmEvent.ConnectionOpened;
import io.peerup.swarm.SwarmEvent.LocalProtocolsChanged;
import io.peerup.swarm.SwarmEvent.ProtocolsChanged;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SwarmEventsTest {
    private static final Identity PEER = Identity.generate();
    private static final ProtocolId ECHO = ProtocolId.of("/echo/1.0.0");
    private static final ProtocolId CHAT = ProtocolId.of("/chat/1.0.0");

    private final SimNode node = SimNode.open().listening();

    @Test
    void aConnectionOpensAndClosesAndTheLastOneIsSaidToBe() {
        FakeMuxed one = node.accept(PEER);
        FakeMuxed other = node.accept(PEER);
        assertThat(node.heard(ConnectionOpened.class)).hasSize(2);
        one.ends(ErrorCode.SHUTDOWN.connectionCode());
        other.ends(0);
        assertThat(node.heard(ConnectionClosed.class))
                .extracting(ConnectionClosed::last)
                .containsExactly(false, true);
        assertThat(node.heard(ConnectionClosed.class).getFirst().reason()).isEqualTo(new CloseReason.Remote(0x1006));
        assertThat(node.swarm.connections()).isEmpty();
    }

    @Test
    void aConnectionThatIsOverBeforeItBeginsOpensFirst() {
        FakeMuxed dead = new FakeMuxed();
        dead.ends(0);
        node.events.clear();
        node.transport.accepts(PEER, SimNode.address("/ip4/11.0.0.2/tcp/50000"), Optional.empty(), dead);
        assertThat(node.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ConnectionOpened", "ConnectionClosed");
        assertThat(node.swarm.connections()).isEmpty();
    }

    @Test
    void whatIdentifyLearnsIsAnnouncedOnceAndForgottenWithTheLastConnection() {
        FakeMuxed muxed = node.accept(PEER);
        Connection connection = node.newest();
        node.swarm.identified(connection, speaking(ECHO, CHAT));
        node.swarm.identified(connection, speaking(CHAT));
        node.swarm.identified(connection, speaking(CHAT));
        assertThat(node.heard(ProtocolsChanged.class))
                .containsExactly(
                        new ProtocolsChanged(PEER.peerId(), Set.of(ECHO, CHAT), Set.of()),
                        new ProtocolsChanged(PEER.peerId(), Set.of(), Set.of(ECHO)));
        assertThat(node.heard(SwarmEvent.PeerIdentified.class)).hasSize(3);

        muxed.ends(0);
        assertThat(node.swarm.identified(PEER.peerId())).isEmpty();
        assertThat(node.swarm.addressBook().addresses(PEER.peerId(), node.strands.nanoTime()))
                .hasSize(1);
    }

    @Test
    void whatIdentifyLearnsTooLateIsNotKept() {
        FakeMuxed muxed = node.accept(PEER);
        Connection connection = node.newest();
        muxed.ends(0);
        node.events.clear();
        node.swarm.identified(connection, speaking(ECHO));
        assertThat(node.events).isEmpty();
        assertThat(node.swarm.identified(PEER.peerId())).isEmpty();
    }

    @Test
    void protocolsThatComeAndGoAreAnnounced() {
        node.swarm.handle(new Served(ECHO));
        node.swarm.unhandle(ECHO);
        node.swarm.unhandle(ECHO);
        assertThat(node.heard(LocalProtocolsChanged.class))
                .containsExactly(new LocalProtocolsChanged(Set.of(ECHO)), new LocalProtocolsChanged(Set.of()));
    }

    @Test
    void aListenerIsAnnouncedAndChangesWhatWeAdvertise() {
        assertThat(node.heard(SwarmEvent.Listening.class)).containsExactly(new SwarmEvent.Listening(SimNode.LISTEN));
        assertThat(node.heard(SwarmEvent.SelfAddressesChanged.class))
                .containsExactly(new SwarmEvent.SelfAddressesChanged(Set.of(SimNode.LISTEN)));
    }

    @Test
    void whomTheGateTurnsAwayIsAnnouncedWhenTheyCameToUs() {
        SimNode gated = new SimNode(SwarmConfig.defaults(), new ConnectionGater() {
            @Override
            public boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
                return false;
            }
        });
        Multiaddr remote = SimNode.address("/ip4/11.0.0.2/tcp/50000");
        gated.swarm.gater().allowsSecured(Direction.OUTBOUND, PEER.peerId(), SimNode.LISTEN, remote);
        assertThat(gated.events).isEmpty();
        gated.swarm.gater().allowsSecured(Direction.INBOUND, PEER.peerId(), SimNode.LISTEN, remote);
        assertThat(gated.events).containsExactly(new ConnectionGated(remote, PEER.peerId()));
    }

    @Test
    void aSubscriberThatFailsIsNotInTheWayOfTheOthers() {
        SimNode other = SimNode.open();
        other.events.clear();
        Runnable stop = node.swarm.subscribe(event -> {
            throw new IllegalStateException("a bug");
        });
        node.swarm.subscribe(other.events::add);
        node.accept(PEER);
        assertThat(other.events).hasSize(1);
        stop.run();
        node.accept(PEER);
        assertThat(node.swarm.connections()).hasSize(2);
    }

    private static IdentifiedPeer speaking(ProtocolId... protocols) {
        return new IdentifiedPeer(
                PEER.peerId(),
                "peer/1",
                "ipfs/0.1.0",
                Set.of(protocols),
                List.of(SimNode.address("/ip4/11.0.0.2/tcp/4001")),
                Optional.empty());
    }
}
